package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.Incoming;
import dev.stepzero.ship.forge.inbox.Stored;
import dev.stepzero.store.GroupCommit;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Lets deliveries that come at the same time share one statement and one commit, and no flood of them take more than one
 * of the database's connections. Alone, a delivery is stored at once.
 */
@Component
class DeliveryBatches {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 32L << 20;

    /** Costs a delivery in a stream some milliseconds, and spares most of the statements and of the waiting for the disk. */
    private static final Duration GATHERING = Duration.ofMillis(5);

    private final GroupCommit<Incoming, Stored> commits;

    DeliveryBatches(Deliveries deliveries) {
        commits = new GroupCommit<>(deliveries::store, MOST, incoming -> incoming.json().length, MOST_BYTES, GATHERING);
    }

    /** Comes back when the delivery is on disk. */
    Stored store(Incoming incoming) {
        return commits.commit(incoming);
    }
}
