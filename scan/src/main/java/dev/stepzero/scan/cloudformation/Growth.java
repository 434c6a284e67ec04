package dev.stepzero.scan.cloudformation;

/** Bounds what a template may make of itself: {@code Fn::Sub} and {@code Fn::ForEach} multiply their input. */
final class Growth {
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final long MOST_COPIES = 20_000;

    private long characters;
    private long copies;

    /** Whether a text of this length may still be made. */
    boolean text(long length) {
        characters += length;
        return characters <= MOST_CHARACTERS;
    }

    /** Whether a part of the template may be repeated once more. */
    boolean copy() {
        copies++;
        return copies <= MOST_COPIES;
    }
}
