package dev.stepzero.ship.forge.inbox;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.webhook.Payload;
import dev.stepzero.ship.git.Mirrors;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Works on stored deliveries, one at a time; any number of these may do so beside each other, and several threads may
 * share one: of each project, whose mirror they would wait for, it handles one at a time.
 */
public final class DeliveryWork {
    /** Longer than a fetch of a whole repository may take. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    private final Deliveries deliveries;
    private final Triggers triggers;
    private final Function<String, Optional<ForgeProject>> projects;
    private final Mirrors mirrors;
    private final Payload payload = new Payload();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /**
     * Work on deliveries.
     *
     * @param projects the projects by their name
     * @param mirrors where their repositories are copied to
     */
    public DeliveryWork(
            Deliveries deliveries,
            Triggers triggers,
            Function<String, Optional<ForgeProject>> projects,
            Mirrors mirrors) {
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
    public boolean once() throws InterruptedException {
        var claimed = claim();
        if (claimed.isEmpty()) {
            return false;
        }
        try {
            work(claimed.get());
        } catch (InterruptedException e) {
            deliveries.giveBack(claimed.get());
            throw e;
        } finally {
            busy.remove(claimed.get().project());
        }
        return true;
    }

    /** A forge that is slow holds one of us, however many deliveries of its project wait. */
    private synchronized Optional<Claimed> claim() {
        var claimed = deliveries.next(LEASE, busy);
        claimed.map(Claimed::project).ifPresent(busy::add);
        return claimed;
    }

    private void work(Claimed claimed) throws InterruptedException {
        try {
            var project = projects.apply(claimed.project());
            if (project.isEmpty()) {
                deliveries.handled(claimed, "there is no such project any more", Optional.empty());
                return;
            }
            var event = payload.read(claimed.forge(), claimed.event(), claimed.json());
            var mirror =
                    mirrors.of(project.get().name(), project.get().registered().cloneUrl());
            var answer = triggers.handle(project.get(), mirror, event);
            deliveries.handled(claimed, answer.text(), answer.request());
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
