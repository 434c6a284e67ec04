package dev.stepzero.ship.debian;

import java.util.List;

/**
 * What a request came to.
 *
 * @param packages sorted by name
 * @param notes what the user should know: packages that moved away from their lock, sources that were passed over
 */
public record Resolution(List<LockedPackage> packages, List<String> notes) {
    public Resolution {
        packages = List.copyOf(packages);
        notes = List.copyOf(notes);
    }
}
