package dev.stepzero.ship.forge.inbox;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.webhook.Payload;
import dev.stepzero.ship.git.Mirror;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Works on stored deliveries, one at a time; any number of these may do so beside each other. */
public final class DeliveryWork {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Deliveries deliveries;
    private final Triggers triggers;
    private final Function<String, Optional<ForgeProject>> projects;
    private final Function<ForgeProject, Mirror> mirrors;
    private final Payload payload = new Payload();
    private final ConcurrentMap<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    /**
     * Work on deliveries.
     *
     * @param projects the projects by their name
     * @param mirrors opens a project's mirror, which is closed here
     */
    public DeliveryWork(
            Deliveries deliveries,
            Triggers triggers,
            Function<String, Optional<ForgeProject>> projects,
            Function<ForgeProject, Mirror> mirrors) {
        this.deliveries = deliveries;
        this.triggers = triggers;
        this.projects = projects;
        this.mirrors = mirrors;
    }

    /**
     * Handles the delivery that waits longest. What is wrong with a delivery itself ends it; what is wrong around it
     * makes it wait for another attempt.
     *
     * @return false if none waits
     */
    public boolean once() {
        var claimed = deliveries.next(LEASE);
        claimed.ifPresent(this::work);
        return claimed.isPresent();
    }

    /** One delivery of a project after the other, for they share its mirror. */
    private void work(Claimed claimed) {
        var turn = turns.computeIfAbsent(claimed.project(), name -> new ReentrantLock());
        turn.lock();
        try {
            if (deliveries.extend(claimed, LEASE)) {
                handle(claimed);
            }
        } finally {
            turn.unlock();
        }
    }

    private void handle(Claimed claimed) {
        try {
            var project = projects.apply(claimed.project());
            if (project.isEmpty()) {
                deliveries.handled(claimed, "there is no such project any more", Optional.empty());
                return;
            }
            var event = payload.read(claimed.forge(), claimed.event(), claimed.json());
            try (var mirror = mirrors.apply(project.get())) {
                var answer = triggers.handle(project.get(), mirror, event);
                deliveries.handled(claimed, answer.text(), answer.request());
            }
        } catch (UserError e) {
            if (e.status() == ExitStatus.ENGINE) {
                deliveries.failed(claimed, e.what());
            } else {
                deliveries.handled(claimed, "refused: " + e.what(), Optional.empty());
            }
        } catch (RuntimeException e) {
            deliveries.failed(claimed, "a fault of Stepzero's own: " + e);
            throw e;
        }
    }
}
