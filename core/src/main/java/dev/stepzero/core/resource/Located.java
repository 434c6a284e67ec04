package dev.stepzero.core.resource;

/** A value and where it is set. */
public record Located(Value value, Position position) {
    /** A value that stands nowhere in a file. */
    public static Located nowhere(Value value) {
        return new Located(value, Position.NONE);
    }
}
