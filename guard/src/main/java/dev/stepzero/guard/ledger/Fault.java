package dev.stepzero.guard.ledger;

/**
 * What is wrong with a ledger: one of the entries from the first number to the last, both included, is not what was
 * written.
 *
 * @param what what was seen, as a sentence without a full stop
 */
public record Fault(long first, long last, String what) {

    static Fault at(long number, String what) {
        return new Fault(number, number, what);
    }

    /** Whether it says more than another one: it begins earlier, or is narrower. */
    boolean isCloserThan(Fault other) {
        return last < other.first
                || (first >= other.first && last <= other.last && last - first < other.last - other.first);
    }

    /** Which entries, for people. */
    public String where() {
        return first == last ? "entry %d".formatted(first) : "entries %d to %d".formatted(first, last);
    }
}
