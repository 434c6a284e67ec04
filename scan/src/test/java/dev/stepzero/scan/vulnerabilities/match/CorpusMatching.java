package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.vulnerabilities.database.Keys;
import dev.stepzero.scan.vulnerabilities.match.Evaluation.Answer;
import dev.stepzero.scan.vulnerabilities.osv.Advisory;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event.Kind;
import java.util.ArrayList;
import java.util.List;

/** Judges records by themselves: what they list is affected, and where they say that it is fixed it is not. */
public final class CorpusMatching {
    private CorpusMatching() {}

    /**
     * The measure.
     *
     * @param wrong what came out otherwise
     */
    public record Result(int listed, int fixed, int severalPairs, int undecided, List<String> wrong) {
        public String summary() {
            return "%d listed and %d fixed versions, %d ranges of several pairs, %d undecided, %d wrong: %s"
                    .formatted(
                            listed,
                            fixed,
                            severalPairs,
                            undecided,
                            wrong.size(),
                            wrong.subList(0, Math.min(wrong.size(), 20)));
        }
    }

    public static Result judge(List<Advisory> advisories) {
        int listed = 0;
        int fixed = 0;
        int severalPairs = 0;
        int undecided = 0;
        var wrong = new ArrayList<String>();
        for (var advisory : advisories) {
            for (var affected : advisory.affected()) {
                var base = Keys.base(affected.ecosystem());
                var evaluation = new Evaluation(Schemes.known(), base);
                for (var version : affected.versions()) {
                    listed++;
                    if (evaluation.answer(affected, version) != Answer.AFFECTED) {
                        wrong.add(advisory.head().id() + " " + version + " is listed");
                    }
                }
                var ranges =
                        new Affected(affected.ecosystem(), affected.name(), List.of(), List.of(), affected.ranges());
                for (var range : affected.ranges()) {
                    var pairs = range.events().stream()
                            .filter(event -> event.kind() == Kind.INTRODUCED)
                            .count();
                    severalPairs += pairs > 1 ? 1 : 0;
                    for (var event : range.events()) {
                        if (event.kind() == Kind.FIXED && !reintroduced(affected, event.version(), base)) {
                            fixed++;
                            switch (evaluation.answer(ranges, event.version())) {
                                case AFFECTED -> wrong.add(advisory.head().id() + " " + event.version() + " is fixed");
                                case UNDECIDED -> undecided++;
                                case UNAFFECTED -> {}
                            }
                        }
                    }
                }
            }
        }
        return new Result(listed, fixed, severalPairs, undecided, wrong);
    }

    /** Whether another interval of the package, looked at by itself, holds the version. */
    private static boolean reintroduced(Affected affected, String version, String base) {
        var scheme = Schemes.known().of(base);
        if (scheme.isEmpty()) {
            return true;
        }
        for (var range : affected.ranges()) {
            String from = null;
            for (var event : range.events()) {
                try {
                    boolean reached =
                            event.version().equals("0") || scheme.get().compare(version, event.version()) >= 0;
                    switch (event.kind()) {
                        case INTRODUCED -> from = reached ? event.version() : null;
                        case FIXED -> {
                            if (from != null && !reached) {
                                return true;
                            }
                            from = null;
                        }
                        case LAST_AFFECTED -> {
                            if (from != null && scheme.get().compare(version, event.version()) <= 0) {
                                return true;
                            }
                            from = null;
                        }
                        case LIMIT -> {}
                    }
                } catch (InvalidVersion e) {
                    return false;
                }
            }
            if (from != null) {
                return true;
            }
        }
        return false;
    }
}
