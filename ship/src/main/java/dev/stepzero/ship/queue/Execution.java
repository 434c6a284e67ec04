package dev.stepzero.ship.queue;

import com.github.kagkarlsson.scheduler.Clock;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.Shipped;
import dev.stepzero.ship.engine.EnvironmentLock;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.queue.RunRequest.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What this server does with a request whose task is due. */
final class Execution {
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration BETWEEN_KNOCKS = Duration.ofMillis(500);

    private final Requests requests;
    private final RunJournal journal;
    private final EnvironmentLock lock;
    private final RunWork work;
    private final QueueSettings settings;
    private final Clock clock;
    private final Map<Long, Turn> turns;
    private volatile boolean closing;

    Execution(
            Requests requests,
            RunJournal journal,
            RunWork work,
            QueueSettings settings,
            Clock clock,
            Map<Long, Turn> turns) {
        this.requests = requests;
        this.journal = journal;
        this.lock = new EnvironmentLock(journal);
        this.work = work;
        this.settings = settings;
        this.clock = clock;
        this.turns = turns;
    }

    void close() {
        closing = true;
    }

    /** Executes a request as far as it goes, and answers when its task is due again; empty: never. */
    Optional<Instant> execute(long id) {
        var request = requests.find(id).filter(Execution::isOpen);
        if (request.isEmpty()) {
            return Optional.empty();
        }
        if (closing || !requests.isFirst(request.get()) || !isFree(request.get())) {
            return in(BUSY);
        }
        if (!requests.begin(id)) {
            giveUp(request.get(), requests.canceller(id).orElse("somebody"));
            return Optional.empty();
        }
        var turn = new Turn(request.get(), requests);
        turns.put(id, turn);
        try {
            return take(request.get(), turn);
        } finally {
            turns.remove(id);
        }
    }

    /** What was tried again between the end of an attempt and the removal of its task found that task, and made none. */
    void taskRemoved(long id) {
        survive(() -> {
            requests.keepTask(id);
            return Optional.empty();
        });
    }

    private static boolean isOpen(RunRequest request) {
        return request.state() == State.QUEUED || request.state() == State.RUNNING;
    }

    private boolean isFree(RunRequest request) {
        return lock.isFree(request.project(), request.lane());
    }

    private Optional<Instant> take(RunRequest request, Turn turn) {
        try {
            var shipped = turn.take(work);
            return survive(() -> settle(request, turn, shipped));
        } catch (InterruptedException e) {
            return survive(() -> interrupted(request, turn));
        } catch (Turn.EndedBefore e) {
            return survive(() -> end(request, State.ENDED, e.run().reason().orElse(null)));
        } catch (UserError e) {
            return survive(() -> failed(request, turn, e));
        } catch (JdbiException e) {
            return survive(() -> again(request, "the database was away"));
        } catch (RuntimeException | Error e) {
            survive(() -> end(request, State.REFUSED, "a fault of Stepzero's own: " + e));
            throw e;
        }
    }

    private Optional<Instant> settle(RunRequest request, Turn turn, Shipped shipped) {
        return switch (shipped.status()) {
            case INTERRUPTED -> interrupted(request, turn);
            case STALLED -> later(request, reason(shipped));
            case RUNNING -> again(request, "it was left running");
            case SUCCEEDED, BLOCKED, FAILED, ABANDONED -> end(request, State.ENDED, reason(shipped));
        };
    }

    private static @Nullable String reason(Shipped shipped) {
        return shipped.failure()
                .map(failure -> failure instanceof UserError e ? e.what() : failure.toString())
                .orElse(
                        shipped.status() == RunStatus.SUCCEEDED
                                ? null
                                : shipped.status().label());
    }

    /** Somebody cancelled it, or this server goes away; a deployment that was begun must come to its end. */
    private Optional<Instant> interrupted(RunRequest request, Turn turn) {
        var canceller = requests.canceller(request.id());
        if (canceller.isPresent() && !turn.deploys()) {
            return giveUp(request, canceller.get());
        }
        return again(request, closing ? "the server went away" : "it was interrupted");
    }

    private Optional<Instant> giveUp(RunRequest request, String who) {
        var reason = "cancelled by " + who;
        journal.giveUp(request.project(), request.lane(), reason);
        return end(request, State.CANCELLED, reason);
    }

    private Optional<Instant> failed(RunRequest request, Turn turn, UserError e) {
        if (e.getCause() instanceof JdbiException) {
            return again(request, "the database was away");
        }
        if (EnvironmentLock.saysTaken(e)) {
            return again(request, e.what());
        }
        return switch (e.status()) {
            case ENGINE -> later(request, e.what());
            case INTERRUPTED -> interrupted(request, turn);
            default -> turn.began() ? again(request, e.what()) : end(request, State.REFUSED, whole(e));
        };
    }

    private static String whole(UserError e) {
        return e.where().map(place -> place + ": ").orElse("")
                + e.what()
                + e.fix().map(fix -> "; " + fix).orElse("");
    }

    /** Waits longer each time, for what is broken around a run is seldom mended at once. */
    private Optional<Instant> later(RunRequest request, @Nullable String reason) {
        var attempt = request.attempts();
        if (attempt >= settings.retries().size()) {
            return end(request, State.STALLED, reason);
        }
        requests.failed(request.id());
        requests.end(request.id(), State.QUEUED, reason);
        return in(settings.retries().get(attempt));
    }

    private Optional<Instant> again(RunRequest request, String reason) {
        requests.end(request.id(), State.QUEUED, reason);
        return in(closing ? Duration.ZERO : BUSY);
    }

    private Optional<Instant> end(RunRequest request, State state, @Nullable String reason) {
        requests.end(request.id(), state, reason);
        return Optional.empty();
    }

    private Optional<Instant> in(Duration delay) {
        return Optional.of(clock.now().plus(delay));
    }

    /** What an attempt came to. */
    @FunctionalInterface
    private interface Ending {
        Optional<Instant> write();
    }

    /** Writes how an attempt ended, once the database is there to take it. */
    private Optional<Instant> survive(Ending ending) {
        while (true) {
            try {
                return ending.write();
            } catch (JdbiException e) {
                if (closing) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_KNOCKS);
        } catch (InterruptedException e) {
            // Only the database can end this wait: what happened must be written down.
            Thread.onSpinWait();
        }
    }
}
