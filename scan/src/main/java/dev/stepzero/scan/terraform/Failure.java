package dev.stepzero.scan.terraform;

/** An expression that Terraform refuses; it is thrown only where {@code try} or {@code can} catches it. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String why) {
        super(why, null, false, false);
    }
}
