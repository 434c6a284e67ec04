package dev.stepzero.ship.forge.client;

import dev.stepzero.core.Finding;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a run stands, for the forge that asked for it.
 *
 * @param repository the full name there
 * @param commit what it is about
 * @param pullRequest which one, if it is one
 * @param run the run's number here
 * @param name what the check is called there, such as {@code stepzero}; one name is one line among the checks
 * @param state how it stands
 * @param summary why, in a sentence
 * @param reasons what blocks or warns, a sentence each
 * @param findings what is open, the worst first
 * @param details where people read more
 */
public record Report(
        String repository,
        String commit,
        OptionalLong pullRequest,
        long run,
        String name,
        State state,
        String summary,
        List<String> reasons,
        List<Finding> findings,
        URI details) {

    /** How a run stands. */
    public enum State {
        RUNNING,
        PASSED,
        BLOCKED,
        /** It could not be judged: an engine or a network failed. */
        FAILED
    }

    public Report {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        if (!repository.matches("[\\w.~-]+(/[\\w.~-]+)+")
                || List.of(repository.split("/")).contains("..")
                || List.of(repository.split("/")).contains(".")) {
            throw new IllegalArgumentException("not a repository's full name");
        }
        if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a commit's full id");
        }
    }

    boolean isOver() {
        return state != State.RUNNING;
    }

    /** The summary, cut to what the forge takes. */
    String summary(int longest) {
        var line = Markdown.line(summary);
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }
}
