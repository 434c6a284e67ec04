package dev.stepzero.ship.queue;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.engine.Purpose;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that was asked for.
 *
 * @param id counts up over all projects
 * @param environment where it leads to; empty for a verification
 * @param lane requests of a project in the same lane are executed one after the other, in the order of their ids
 * @param ref the full name of the ref that has the commit
 * @param forkName the full name of the repository that has the ref, or null for the project's own
 * @param pullRequestNumber its number at the forge, or null
 * @param baseCommit the commit that a pull request would be merged into, or null
 * @param requestedBy who asked
 * @param attempts how often it was begun
 * @param runNumber the run, once it began, or null
 * @param why what ended or delays it, or null
 */
public record RunRequest(
        long id,
        String project,
        Purpose purpose,
        TrustClass trust,
        String environment,
        String lane,
        String ref,
        @Nullable String forkName,
        @Nullable Long pullRequestNumber,
        @Nullable String baseCommit,
        String commit,
        String requestedBy,
        Instant requestedAt,
        State state,
        int attempts,
        @Nullable Long runNumber,
        @Nullable String why) {

    /** How a request stands. */
    public enum State {
        /** Waits for its turn, for the first time or after something around it failed. */
        QUEUED,
        RUNNING,
        /** Something around it failed too often; it waits for somebody to try again. */
        STALLED,
        /** The run says how. */
        ENDED,
        /** No run could be made of it. */
        REFUSED,
        CANCELLED,
        /** A newer commit of the same ref came before its turn. */
        SUPERSEDED;

        /** The name in tables and JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    public Optional<String> fork() {
        return Optional.ofNullable(forkName);
    }

    public Optional<String> base() {
        return Optional.ofNullable(baseCommit);
    }

    public Optional<Long> pullRequest() {
        return Optional.ofNullable(pullRequestNumber);
    }

    public Optional<Long> run() {
        return Optional.ofNullable(runNumber);
    }

    public Optional<String> reason() {
        return Optional.ofNullable(why);
    }
}
