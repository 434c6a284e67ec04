package dev.stepzero.ship.sandbox;

/** A file that is not the test report which it should be. */
final class MalformedReport extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReport(String what) {
        super(what);
    }

    MalformedReport(String what, Throwable cause) {
        super(what, cause);
    }
}
