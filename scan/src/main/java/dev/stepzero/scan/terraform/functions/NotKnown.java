package dev.stepzero.scan.terraform.functions;

/** Ends a call that would have to look into an unknown value: its answer is unknown too. */
final class NotKnown extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotKnown() {
        super("the value is not known", null, false, false);
    }
}
