package dev.stepzero.ship.phoenix;

import dev.stepzero.core.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a commit that serves is built again, and on what.
 *
 * @param lock the text of the refreshed lock, which takes the place of the commit's own
 * @param replaces the image that serves; another one is left alone
 * @param fixes what the newer base mends
 */
public record Rebuild(String lock, Digest replaces, List<Fix> fixes) {
    private static final int NAMED = 20;

    public Rebuild {
        fixes = List.copyOf(fixes);
    }

    /**
     * A vulnerability that goes with an old package.
     *
     * @param advisory the id that people know
     * @param name the package
     * @param installed its version in what serves
     * @param brought its version in the refreshed lock; empty where that does without it
     */
    public record Fix(String advisory, String name, String installed, String brought) {
        @Override
        public String toString() {
            return "%s in %s %s".formatted(advisory, name, installed) + (brought.isEmpty() ? "" : ", now " + brought);
        }
    }

    /** The digest of the refreshed lock. */
    public Digest digest() {
        return Digest.of(lock.getBytes(StandardCharsets.UTF_8));
    }

    /** What it mends, in a line. */
    public String why() {
        var named = fixes.stream().limit(NAMED).map(Fix::toString);
        var more = fixes.size() > NAMED ? Stream.of("%d more".formatted(fixes.size() - NAMED)) : Stream.<String>empty();
        return Stream.concat(named, more).collect(Collectors.joining("; "));
    }
}
