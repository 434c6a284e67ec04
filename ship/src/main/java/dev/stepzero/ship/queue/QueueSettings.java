package dev.stepzero.ship.queue;

import java.time.Duration;
import java.util.List;

/**
 * How a server takes part in the queue.
 *
 * @param server its name among the servers of the database
 * @param most how many runs it executes at a time
 * @param poll how often it looks for what others were asked for
 * @param heartbeat how often it says that it lives; after four of them in silence its runs go to another
 * @param retries how long a request waits after each failure around it, before it is stalled
 */
public record QueueSettings(String server, int most, Duration poll, Duration heartbeat, List<Duration> retries) {
    public QueueSettings {
        retries = List.copyOf(retries);
    }

    /** Half a second between looks, two between heartbeats, three retries within two minutes. */
    public static QueueSettings of(String server, int most) {
        return new QueueSettings(
                server,
                most,
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(90)));
    }
}
