package dev.stepzero.ship.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.engine.RunJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The runs that were asked for. All servers on one database share them: each executes some at a time, requests of the
 * same lane one after the other, and what a server had under way when it died goes to another, which goes on with it.
 * A newer commit of a ref takes the place of those that still wait, and of a verification under way; it never ends a
 * deployment.
 */
public final class RunQueue implements AutoCloseable {
    static final String TASK = "run";
    private static final String TABLE = "queue_task";
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration LONGEST_DEPLOYMENT = Duration.ofMinutes(10);

    private final Requests requests;
    private final Scheduler scheduler;
    private final Execution execution;
    private final Map<Long, Turn> turns = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("queue-watch").daemon().factory());

    /**
     * This server's part in the queue; it does nothing before {@link #start()}.
     *
     * @param work does what requests ask for
     */
    public RunQueue(DataSource source, RunJournal journal, RunWork work, QueueSettings settings) {
        var jdbi = Jdbi.create(source);
        var clock = new DatabaseClock(jdbi);
        this.requests = new Requests(jdbi, settings.server());
        this.execution = new Execution(requests, journal, work, settings, clock, turns);
        var task = Tasks.custom(TASK, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<Void>(Duration.ofSeconds(5)))
                .execute((instance, context) -> {
                    var due = execution.execute(Long.parseLong(instance.getId()));
                    return due.<CompletionHandler<Void>>map(
                                    at -> (complete, operations) -> operations.reschedule(complete, at))
                            .orElseGet(() -> (complete, operations) -> {
                                operations.remove();
                                execution.taskRemoved(Long.parseLong(instance.getId()));
                            });
                });
        this.scheduler = Scheduler.create(source, task)
                .schedulerName(new SchedulerName.Fixed(settings.server()))
                .tableName(TABLE)
                .threads(settings.most())
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(settings.poll())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LONGEST_DEPLOYMENT)
                .serializer(new NoData())
                .clock(clock)
                .build();
    }

    /** Begins to execute requests. */
    public void start() {
        scheduler.start();
        var _ = watch.scheduleWithFixedDelay(
                this::stopCancelled, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Asks for a run.
     *
     * @param delivery what asks, such as the id of a webhook delivery: the same one asks only once for a lane
     * @return the request's number
     */
    public long submit(CommitRequest request, Optional<String> delivery) {
        var id = requests.add(request, delivery);
        look();
        return id;
    }

    /**
     * Asks for a run of what a ref has now, as whoever watches the ref does. If the last that was asked for of it is
     * equal, and neither was given up nor lost, that one counts, however often and by however many it was noticed.
     *
     * @return the request's number
     */
    public long submitOnce(CommitRequest request) {
        var id = requests.addOnce(request);
        look();
        return id;
    }

    private void look() {
        if (scheduler.getSchedulerState().isStarted()) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    /**
     * A ref that runs were asked for of.
     *
     * @param name its full name
     * @param fork the full name of the repository that has it, where it is not the project's own
     * @param pullRequest the pull request that the ref stands for
     */
    public record Ref(String project, String name, Optional<String> fork, Optional<Long> pullRequest) {}

    /**
     * Takes back what waits of a ref that is gone, or is verified of it. What ships goes on.
     *
     * @param what what ends them, as their reasons will say
     * @return how many requests that ends
     */
    public int withdraw(Ref ref, String what) {
        var withdrawn = requests.withdraw(ref, what);
        if (withdrawn > 0) {
            stopCancelled();
        }
        return withdrawn;
    }

    public Optional<RunRequest> find(long request) {
        return requests.find(request);
    }

    /** What waits or runs, in the order of its turns. */
    public List<RunRequest> open(int most) {
        return requests.open(most);
    }

    /**
     * Cancels a request on whatever server it runs. What it had under way is stopped within a second or so.
     *
     * @param who as the run's reason will say
     * @return false if it is over, or deploys already
     */
    public boolean cancel(long request, String who) {
        var cancelled = requests.cancel(request, who);
        if (cancelled) {
            stopCancelled();
        }
        return cancelled;
    }

    /** Tries a stalled request again; false if it is none. */
    public boolean retry(long request) {
        return requests.retry(request);
    }

    private void stopCancelled() {
        try {
            var mine = new ArrayList<>(turns.keySet());
            if (!mine.isEmpty()) {
                requests.cancelled(mine)
                        .forEach(id -> Optional.ofNullable(turns.get(id)).ifPresent(Turn::stop));
            }
        } catch (JdbiException e) {
            // The database is away for a while: there is a next look.
        }
    }

    /** Stops what is under way, but for deployments, which are waited for; other servers go on with it. */
    @Override
    public void close() {
        scheduler.pause();
        execution.close();
        turns.values().forEach(Turn::stop);
        scheduler.stop();
        watch.shutdownNow();
    }

    /** Tasks have no data, so that nothing is ever deserialised. */
    private static final class NoData implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return new byte[0];
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            throw new IllegalStateException("tasks have no data");
        }
    }
}
