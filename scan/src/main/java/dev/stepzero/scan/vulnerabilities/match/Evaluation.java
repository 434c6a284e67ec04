package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.version.VersionScheme;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event.Kind;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * OSV's evaluation of affected versions: a version is affected if it is listed, or if any range holds it. A range's events
 * are gone through in the order of their versions, and the last one that applies decides.
 */
final class Evaluation {
    private static final String BEGINNING = "0";

    private final Schemes schemes;
    private final String ecosystem;

    Evaluation(Schemes schemes, String ecosystem) {
        this.schemes = schemes;
        this.ecosystem = ecosystem;
    }

    /** What is known about a version. */
    enum Answer {
        AFFECTED,
        UNAFFECTED,
        /** A version, or one that it must be compared with, makes no sense to the ecosystem. */
        UNDECIDED
    }

    Answer answer(Affected affected, String version) {
        if (affected.versions().contains(version)) {
            return Answer.AFFECTED;
        }
        boolean undecided = false;
        for (var range : affected.ranges()) {
            try {
                if (holds(range, version)) {
                    return Answer.AFFECTED;
                }
            } catch (InvalidVersion e) {
                undecided = true;
            }
        }
        if (affected.ranges().isEmpty() && listedOtherwise(affected.versions(), version)) {
            return Answer.AFFECTED;
        }
        return undecided ? Answer.UNDECIDED : Answer.UNAFFECTED;
    }

    /** Whether a list without ranges has the version in another spelling, such as 1.0 for 1.0.0. */
    private boolean listedOtherwise(List<String> versions, String version) {
        var scheme = schemes.of(ecosystem);
        if (scheme.isEmpty()) {
            return false;
        }
        return versions.stream().anyMatch(each -> equal(each, version, scheme.get()));
    }

    /** What makes no sense is equal to nothing but itself. */
    private static boolean equal(String one, String other, VersionScheme scheme) {
        try {
            return scheme.compare(one, other) == 0;
        } catch (InvalidVersion e) {
            return one.equals(other);
        }
    }

    private boolean holds(Range range, String version) throws InvalidVersion {
        var scheme = scheme(range).orElseThrow(() -> new InvalidVersion(version));
        boolean affected = false;
        for (var event : sorted(range.events(), scheme)) {
            switch (event.kind()) {
                case INTRODUCED -> affected |= reached(version, event.version(), scheme);
                case FIXED -> affected &= !reached(version, event.version(), scheme);
                case LAST_AFFECTED -> affected &= scheme.compare(version, event.version()) <= 0;
                case LIMIT -> {}
            }
        }
        return affected && withinLimits(range.events(), version, scheme);
    }

    private static boolean reached(String version, String from, VersionScheme scheme) throws InvalidVersion {
        return from.equals(BEGINNING) || scheme.compare(version, from) >= 0;
    }

    /** Without limits all versions are; of several the widest counts. */
    private static boolean withinLimits(List<Event> events, String version, VersionScheme scheme)
            throws InvalidVersion {
        boolean limited = false;
        for (var event : events) {
            if (event.kind() == Kind.LIMIT) {
                limited = true;
                if (event.version().equals("*") || scheme.compare(version, event.version()) < 0) {
                    return true;
                }
            }
        }
        return !limited;
    }

    private Optional<VersionScheme> scheme(Range range) {
        var own = schemes.of(ecosystem);
        return range.semantic() ? own.or(() -> schemes.of(Schemes.SEMANTIC)) : own;
    }

    /**
     * The events in the order of their versions. Of equal ones those that begin come before a last affected version, which
     * ends behind itself; a fix keeps its place.
     */
    private static List<Event> sorted(List<Event> events, VersionScheme scheme) throws InvalidVersion {
        var sorted = new ArrayList<Event>(events.size());
        for (var event : events) {
            if (event.kind() != Kind.LIMIT) {
                sorted.add(event);
            }
        }
        try {
            sorted.sort(new ByVersion(scheme));
            return sorted;
        } catch (Incomparable e) {
            throw e.problem;
        }
    }

    private record ByVersion(VersionScheme scheme) implements Comparator<Event> {
        @Override
        public int compare(Event one, Event other) {
            boolean first = one.version().equals(BEGINNING);
            boolean second = other.version().equals(BEGINNING);
            if (first || second) {
                return Boolean.compare(second, first);
            }
            try {
                int order = scheme.compare(one.version(), other.version());
                return order != 0
                        ? order
                        : Boolean.compare(one.kind() == Kind.LAST_AFFECTED, other.kind() == Kind.LAST_AFFECTED);
            } catch (InvalidVersion e) {
                throw new Incomparable(e);
            }
        }
    }

    private static final class Incomparable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient InvalidVersion problem;

        Incomparable(InvalidVersion problem) {
            super(problem);
            this.problem = problem;
        }
    }

    /** The versions of the events that mend, which are above a version, smallest first; what makes no sense is left out. */
    List<String> fixesAbove(List<Affected> affected, String version) {
        var fixes = new ArrayList<String>();
        for (var one : affected) {
            for (var range : one.ranges()) {
                for (var event : range.events()) {
                    if (event.kind() == Kind.FIXED && above(range, event.version(), version)) {
                        fixes.add(event.version());
                    }
                }
            }
        }
        var order = affected.stream()
                .flatMap(one -> one.ranges().stream())
                .findFirst()
                .flatMap(this::scheme);
        order.ifPresent(scheme -> fixes.sort((one, other) -> {
            try {
                return scheme.compare(one, other);
            } catch (InvalidVersion e) {
                return 0;
            }
        }));
        return fixes.stream().distinct().toList();
    }

    private boolean above(Range range, String fix, String version) {
        try {
            var scheme = scheme(range);
            return scheme.isPresent() && scheme.get().compare(fix, version) > 0;
        } catch (InvalidVersion e) {
            return false;
        }
    }
}
