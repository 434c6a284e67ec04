package dev.stepzero.ship.live;

import dev.stepzero.core.UserError;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Listens for changes of runs, of whatever process, on one connection, and tells them to all that subscribed. Where the
 * connection was lost, they are told to read everything again.
 */
public final class Watch implements AutoCloseable {
    private static final String CHANNEL = "stepzero_runs";
    private static final int POLL_MILLISECONDS = 500;
    private static final int POLLS_BETWEEN_LOOKS = 20;
    private static final Duration BETWEEN_KNOCKS = Duration.ofMillis(500);

    private final DataSource source;
    private final int most;
    private final Map<Long, Set<Subscription>> ofRuns = new ConcurrentHashMap<>();
    private final Set<Subscription> ofAll = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    private Watch(DataSource source, int most) {
        this.source = source;
        this.most = most;
        this.thread = Thread.ofPlatform().name("watch-runs").daemon().unstarted(this::listen);
    }

    /**
     * Begins to listen.
     *
     * @param source whose connections are PostgreSQL's; one is taken for as long as the watch lives
     * @param most how many subscriptions there may be at a time
     */
    public static Watch over(DataSource source, int most) throws InterruptedException {
        var watch = new Watch(source, most);
        watch.thread.start();
        watch.listening.await();
        return watch;
    }

    /**
     * Subscribes to a run, or to all runs and requests.
     *
     * @throws UserError if there are too many subscriptions
     */
    public Subscription subscribe(Optional<Long> run) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            throw UserError.engine("%,d readers follow runs already".formatted(most))
                    .fix("close some pages, or try again in a while");
        }
        var subscription = new Subscription(run, this);
        run.ifPresentOrElse(
                id -> ofRuns.compute(id, (key, before) -> {
                    var all = before == null ? ConcurrentHashMap.<Subscription>newKeySet() : before;
                    all.add(subscription);
                    return all;
                }),
                () -> ofAll.add(subscription));
        return subscription;
    }

    /** How many subscriptions there are. */
    public int subscriptions() {
        return count.get();
    }

    void forget(Subscription subscription) {
        var known = subscription
                .run()
                .map(id -> {
                    var was = new boolean[1];
                    ofRuns.computeIfPresent(id, (key, all) -> {
                        was[0] = all.remove(subscription);
                        return all.isEmpty() ? null : all;
                    });
                    return was[0];
                })
                .orElseGet(() -> ofAll.remove(subscription));
        if (known) {
            count.decrementAndGet();
        }
    }

    private void listen() {
        while (!closed) {
            try (var connection = source.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                pause();
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
        }
        if (listening.getCount() == 0) {
            everybody(new Change.Everything());
        }
        listening.countDown();
        var session = connection.unwrap(PGConnection.class);
        try {
            for (var polls = 1; !closed; polls++) {
                for (var notification : session.getNotifications(POLL_MILLISECONDS)) {
                    Change.parse(notification.getParameter()).ifPresent(this::tell);
                }
                // A network that lost us says nothing for ever, just as runs that do nothing.
                if (polls % POLLS_BETWEEN_LOOKS == 0 && !connection.isValid(2)) {
                    throw new SQLException("the database does not answer");
                }
            }
        } finally {
            stopListening(connection);
        }
    }

    /** The connection goes back to a pool, whose next user wants no news. */
    private static void stopListening(Connection connection) throws SQLException {
        if (connection.isValid(1)) {
            try (var statement = connection.createStatement()) {
                statement.execute("unlisten *");
            }
        }
    }

    private void tell(Change change) {
        change.aboutRun()
                .map(run -> ofRuns.getOrDefault(run, Set.of()))
                .ifPresent(interested -> interested.forEach(each -> tell(each, change)));
        ofAll.forEach(each -> tell(each, change));
    }

    private void everybody(Change change) {
        ofRuns.values().forEach(all -> all.forEach(each -> tell(each, change)));
        ofAll.forEach(each -> tell(each, change));
    }

    private void tell(Subscription subscription, Change change) {
        if (!subscription.tell(change)) {
            forget(subscription);
        }
    }

    private void pause() {
        try {
            Thread.sleep(BETWEEN_KNOCKS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        ofRuns.values().forEach(all -> all.forEach(Subscription::close));
        ofAll.forEach(Subscription::close);
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
