package dev.stepzero.scan.terraform.functions;

/** A call that Terraform would refuse; the message says why, in the words that its users know. */
public final class FunctionError extends RuntimeException {
    private static final long serialVersionUID = 1;

    FunctionError(String message) {
        // A stack trace for every mistake in a large tree would cost more than the tree.
        super(message, null, false, false);
    }
}
