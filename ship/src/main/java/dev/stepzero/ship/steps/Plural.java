package dev.stepzero.ship.steps;

/** Counts things as people do. */
final class Plural {
    private Plural() {}

    static String of(long count, String thing) {
        return "%,d %s".formatted(count, count == 1 ? thing : thing + "s");
    }
}
