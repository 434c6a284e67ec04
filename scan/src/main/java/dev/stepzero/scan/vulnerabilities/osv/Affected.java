package dev.stepzero.scan.vulnerabilities.osv;

import java.util.List;

/**
 * A package that an advisory is about, and which versions of it.
 *
 * @param ecosystem with its release where it has one, such as {@code PyPI} or {@code Debian:12}
 * @param name as the record writes it
 * @param ratings how bad it is for this package in particular
 * @param symbols the vulnerable methods or classes, of Java only, as the record writes them; empty where it names none
 * @param versions versions that are affected, whatever the ranges say
 */
public record Affected(
        String ecosystem,
        String name,
        List<String> ratings,
        List<String> symbols,
        List<String> versions,
        List<Range> ranges) {
    public Affected {
        symbols = List.copyOf(symbols);
        ratings = List.copyOf(ratings);
        versions = List.copyOf(versions);
        ranges = List.copyOf(ranges);
    }

    /** A package of which the record names no methods. */
    public Affected(String ecosystem, String name, List<String> ratings, List<String> versions, List<Range> ranges) {
        this(ecosystem, name, ratings, List.of(), versions, ranges);
    }

    /**
     * Versions in their order, between events. Ranges of commits are left out when a record is read.
     *
     * @param semantic whether versions are ordered as Semantic Versioning says, else as the ecosystem does
     */
    public record Range(boolean semantic, List<Event> events) {
        public Range {
            events = List.copyOf(events);
        }
    }

    /** From which version on something holds. */
    public record Event(Kind kind, String version) {
        /** What begins or ends there. */
        public enum Kind {
            /** Affected from this version on; {@code 0} comes before every version. */
            INTRODUCED,
            /** No longer affected from this version on. */
            FIXED,
            /** No longer affected after this version. */
            LAST_AFFECTED,
            /** The range says nothing of this version and later ones. */
            LIMIT
        }
    }
}
