package dev.stepzero.rules.condition;

/** A condition that cannot be used; the message points at the place. */
public final class MalformedCondition extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedCondition(String message) {
        super(message);
    }
}
