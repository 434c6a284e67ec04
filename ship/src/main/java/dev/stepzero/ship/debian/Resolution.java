package dev.stepzero.ship.debian;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a request came to.
 *
 * @param packages sorted by name
 * @param settled when these became the answer
 * @param notes what the user should know: packages that moved away from their lock, sources that were passed over
 */
public record Resolution(List<LockedPackage> packages, Instant settled, List<String> notes) {
    public Resolution {
        packages = List.copyOf(packages);
        notes = List.copyOf(notes);
    }

    /** The same with more notes. */
    public Resolution noting(List<String> more) {
        return new Resolution(
                packages, settled, Stream.concat(notes.stream(), more.stream()).toList());
    }
}
