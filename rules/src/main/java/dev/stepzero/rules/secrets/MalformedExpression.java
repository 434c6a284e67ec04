package dev.stepzero.rules.secrets;

/** An expression that is none, or that some text could make slow; the message says why. */
public final class MalformedExpression extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedExpression(String message) {
        super(message);
    }
}
