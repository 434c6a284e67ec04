package dev.stepzero.ship.forge.inbox;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.webhook.Payload;
import dev.stepzero.ship.git.Mirrors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on stored deliveries in rounds, which one thread makes: each writes what became of those before, keeps those that
 * are worked on, and takes more. Of each project, whose mirror they would wait for, one is handled at a time, and of all
 * eight. Any number of servers may do so beside each other.
 */
public final class DeliveryWork {
    /** What a server that was killed had is taken over after this time. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration RENEWAL = LEASE.dividedBy(3);

    /** A forge that is slow holds one of these, however many deliveries of its project wait. */
    private static final int PROJECTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWork.class);

    private final Claims claims;
    private final Triggers triggers;
    private final Function<String, Optional<ForgeProject>> projects;
    private final Mirrors mirrors;
    private final Clock clock;
    private final Payload payload = new Payload();
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private Instant renewed = Instant.MIN;

    /**
     * Work on deliveries.
     *
     * @param projects the projects by their name
     * @param mirrors where their repositories are copied to
     */
    public DeliveryWork(
            Claims claims,
            Triggers triggers,
            Function<String, Optional<ForgeProject>> projects,
            Mirrors mirrors,
            Clock clock) {
        this.claims = claims;
        this.triggers = triggers;
        this.projects = projects;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    /**
     * Makes a round. What is taken is worked on by other threads, which may be interrupted; another round soon after they
     * are done writes what came of it. While something is worked on there must be a round every few seconds.
     *
     * @param threads runs a task for each project of which something is taken
     * @return false if there was nothing to write and nothing to take
     */
    public boolean once(Executor threads) {
        var wrote = write();
        renew();
        return take(threads) || wrote;
    }

    /** Gives back what nobody has begun, and writes what became of the rest so far: before the end of a server. */
    public void release() {
        lanes.values().forEach(this::giveBack);
        write();
    }

    private void giveBack(Lane lane) {
        lane.unbegun().stream().map(Ended.GivenBack::new).forEach(ended::add);
    }

    private boolean write() {
        var batch = new ArrayList<Ended>();
        for (var next = ended.poll(); next != null; next = ended.poll()) {
            batch.add(next);
        }
        if (batch.isEmpty()) {
            return false;
        }
        try {
            claims.end(batch);
        } catch (RuntimeException e) {
            ended.addAll(batch);
            throw e;
        }
        return true;
    }

    private void renew() {
        var now = clock.instant();
        if (!renewed.equals(Instant.MIN) && Duration.between(renewed, now).abs().compareTo(RENEWAL) < 0) {
            return;
        }
        renewed = now;
        var held = new ArrayList<Claimed>();
        for (var lane : lanes.values()) {
            if (lane.isOverdue(now)) {
                giveBack(lane);
            } else {
                held.addAll(lane.held());
            }
        }
        if (!held.isEmpty()) {
            claims.renew(held, LEASE);
        }
    }

    private boolean take(Executor threads) {
        var free = PROJECTS - lanes.size();
        if (free <= 0) {
            return false;
        }
        var taken = new LinkedHashMap<String, List<Claimed>>();
        for (var claimed : claims.take(LEASE, lanes.keySet(), free)) {
            taken.computeIfAbsent(claimed.project(), project -> new ArrayList<>())
                    .add(claimed);
        }
        taken.forEach((project, claimed) -> begin(project, new Lane(claimed, clock.instant()), threads));
        return !taken.isEmpty();
    }

    private void begin(String project, Lane lane, Executor threads) {
        lanes.put(project, lane);
        var begun = false;
        try {
            threads.execute(() -> workOff(project, lane));
            begun = true;
        } finally {
            if (!begun) {
                leave(project, lane);
            }
        }
    }

    private void workOff(String project, Lane lane) {
        try {
            for (var next = lane.next(clock.instant()); next.isPresent(); next = lane.next(clock.instant())) {
                workOn(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave(project, lane);
        }
    }

    private void leave(String project, Lane lane) {
        giveBack(lane);
        lanes.remove(project);
    }

    private void workOn(Claimed claimed) throws InterruptedException {
        try {
            ended.add(handled(claimed));
        } catch (InterruptedException e) {
            ended.add(new Ended.GivenBack(claimed));
            throw e;
        }
    }

    /** What is wrong with a delivery itself ends it; what is wrong around it makes it wait for another attempt. */
    private Ended handled(Claimed claimed) throws InterruptedException {
        try {
            var project = projects.apply(claimed.project());
            if (project.isEmpty()) {
                return new Ended.Handled(claimed, "there is no such project any more", Optional.empty());
            }
            var event = payload.read(claimed.sender(), claimed.event(), claimed.json());
            var mirror =
                    mirrors.of(project.get().name(), project.get().registered().cloneUrl());
            var answer = triggers.handle(project.get(), mirror, event);
            return new Ended.Handled(claimed, answer.text(), answer.request());
        } catch (UserError e) {
            return e.status() == ExitStatus.ENGINE
                    ? new Ended.Failed(claimed, e.what())
                    : new Ended.Handled(claimed, "refused: " + e.what(), Optional.empty());
        } catch (RuntimeException e) {
            LOG.error("work on delivery {} of project {} failed", claimed.id(), claimed.project(), e);
            return new Ended.Failed(claimed, "a fault of Stepzero's own: " + e);
        }
    }
}
