package dev.stepzero.scan.iac;

import dev.stepzero.core.Finding;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The comments in source code that accept findings at their lines, for scanners whose findings are no resources'. */
public final class CommentSuppressions {
    private final List<Suppression> comments = new ArrayList<>();
    private final Clock clock;

    public CommentSuppressions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads the comments of a file.
     *
     * @param path as findings name it
     */
    public void read(String path, String text) {
        comments.addAll(SuppressionComments.in(path, text));
    }

    /**
     * What the comments accept.
     *
     * @param open the findings that none accepts, and what is to be said of the comments themselves
     * @param accepted the rest
     */
    public record Outcome(List<Finding> open, List<Finding> accepted) {}

    /**
     * Takes apart what is accepted and what is not.
     *
     * @param known the rules, in lower case, that were judged
     */
    public Outcome of(List<Finding> findings, Set<String> known) {
        var suppressions = new Suppressions(
                comments.stream()
                        .filter(each -> known.contains(each.rule().toLowerCase(java.util.Locale.ROOT)))
                        .toList(),
                clock);
        var open = new ArrayList<Finding>();
        var accepted = new ArrayList<Finding>();
        for (var finding : findings) {
            (suppressions.accept(finding) ? accepted : open).add(finding);
        }
        open.addAll(suppressions.findings(known));
        return new Outcome(open, accepted);
    }
}
