package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.Refusals;
import dev.stepzero.ship.forge.inbox.SeenRefs;
import dev.stepzero.ship.forge.inbox.Triggers;
import dev.stepzero.ship.git.Mirrors;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What is done every few minutes: looking at repositories whose deliveries may not have come, and forgetting what is
 * old. Several servers may do so at once, for the same change asks for a run once.
 */
@Component
class Rounds implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration BETWEEN = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(30);

    /** So many slow forges keep no other project from being looked at. */
    private static final int AT_ONCE = 8;

    private final Endpoints endpoints;
    private final SeenRefs refs;
    private final Mirrors mirrors;
    private final Triggers triggers;
    private final Deliveries deliveries;
    private final Refusals refusals;
    private @Nullable ExecutorService walker;

    Rounds(
            Endpoints endpoints,
            SeenRefs refs,
            Mirrors mirrors,
            Triggers triggers,
            Deliveries deliveries,
            Refusals refusals) {
        this.endpoints = endpoints;
        this.refs = refs;
        this.mirrors = mirrors;
        this.triggers = triggers;
        this.deliveries = deliveries;
        this.refusals = refusals;
    }

    @Override
    public synchronized void start() {
        var ticks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("rounds").factory());
        var _ = ticks.scheduleWithFixedDelay(this::walk, BETWEEN.toSeconds(), BETWEEN.toSeconds(), TimeUnit.SECONDS);
        walker = ticks;
    }

    private void walk() {
        try {
            round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a round ended early; the next one begins anew", e);
        }
    }

    /** One round through all projects. */
    void round() throws InterruptedException {
        var forgotten = deliveries.sweep(KEPT) + refusals.sweep(KEPT);
        if (forgotten > 0) {
            LOG.info("{} old deliveries and refusals are forgotten", forgotten);
        }
        var turns = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var project : endpoints.everything()) {
                turns.acquire();
                threads.execute(() -> {
                    try {
                        look(project);
                    } finally {
                        turns.release();
                    }
                });
            }
        }
    }

    private void look(ForgeProject project) {
        try {
            var mirror = mirrors.of(project.name(), project.registered().cloneUrl());
            refs.look(project, mirror, triggers)
                    .ifPresent(answer -> LOG.info(
                            "{} changed without a delivery, or before it was worked on: {}",
                            project.name(),
                            answer.text()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("project {} could not be looked at: {}", project.name(), e.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        if (walker != null) {
            walker.shutdownNow();
            walker = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return walker != null;
    }
}
