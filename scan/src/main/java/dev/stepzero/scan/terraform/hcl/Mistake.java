package dev.stepzero.scan.terraform.hcl;

/** Thrown where the text stops being HCL, and caught at the attribute or block around it. */
final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int offset;

    Mistake(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    String what() {
        var message = getMessage();
        return message == null ? "" : message;
    }

    /** Where in the text it stands. */
    int offset() {
        return offset;
    }
}
