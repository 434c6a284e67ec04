package dev.stepzero.invoicer.invoice;

/** A request body that describes no invoice; the message tells the caller in one line why. */
final class Malformed extends RuntimeException {
    Malformed(String message) {
        super(message, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
