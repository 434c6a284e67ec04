package dev.stepzero.ship.deploy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.StepOutput;
import java.time.Clock;
import java.time.Duration;

/**
 * Takes an environment from one release to another without losing a request, in two moves. {@link #advance} starts the
 * free colour, checks it through the load balancer's preview and leads the traffic to it; {@link #settle} checks it
 * under the public address and takes the old colour away, or leads the traffic back to it.
 *
 * <p>Both moves read the truth from the environment, so each may be repeated after a {@code kill -9} at any moment.
 */
public final class Rollout {
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(15);
    private static final int OUTPUT_LINES = 40;

    private final EnvironmentSpec environment;
    private final Tiers tiers;
    private final HealthCheck check;
    private final StepOutput output;

    public Rollout(EnvironmentSpec environment, Tiers tiers, Clock clock, StepOutput output) {
        this.environment = environment;
        this.tiers = tiers;
        this.check = new HealthCheck(clock);
        this.output = output;
    }

    /**
     * Starts a release and leads the traffic to it.
     *
     * @return the colour that serves it now
     * @throws UserError if it does not become healthy; the release that served before still does
     */
    public Colour advance(Release release) throws InterruptedException {
        return advance(release, true);
    }

    /** The same for a release that served before: the schema is ahead of it, not behind, and stays as it is. */
    public Colour advanceWithoutMigration(Release release) throws InterruptedException {
        return advance(release, false);
    }

    private Colour advance(Release release, boolean migrating) throws InterruptedException {
        var serving = tiers.serving();
        if (serving.isPresent() && runs(serving.get(), release)) {
            output.line(serving.get().label() + " already serves this image");
            return serving.get();
        }
        var candidate = serving.map(Colour::other).orElse(Colour.BLUE);
        if (migrating) {
            output.line("migrating the schema");
            tiers.migrate(release);
        }
        if (!runs(candidate, release)) {
            output.line("starting %d replicas as %s"
                    .formatted(environment.application().replicas(), candidate.label()));
            tiers.start(release, candidate);
        }
        tiers.show(candidate);
        output.line("waiting for %s to answer with the commit".formatted(candidate.label()));
        var wrong = await(release, tiers.preview(), environment.application().startTimeout());
        if (!wrong.isEmpty()) {
            throw withdraw(release, candidate, wrong);
        }
        tiers.serve(candidate);
        output.line("traffic goes to " + candidate.label());
        return candidate;
    }

    /**
     * Confirms the release under the public address and takes the other colour away.
     *
     * @throws UserError if it does not answer rightly there; the traffic goes back to the other colour if that still
     *     runs
     */
    public void settle(Release release, Colour colour) throws InterruptedException {
        var wrong = await(release, tiers.live(), SETTLE_PATIENCE);
        var other = colour.other();
        if (wrong.isEmpty()) {
            tiers.stop(other);
            return;
        }
        if (tiers.running(other).isPresent()) {
            tiers.serve(other);
            throw withdraw(release, colour, wrong);
        }
        throw refused(release, colour, wrong, "no earlier release runs that could take its place");
    }

    private boolean runs(Colour colour, Release release) throws InterruptedException {
        return tiers.running(colour).filter(release.image()::equals).isPresent();
    }

    private String await(Release release, java.net.URI address, Duration patience) throws InterruptedException {
        var turns = 2 * environment.application().replicas();
        return check.await(address, environment.application(), release.commit(), turns, patience);
    }

    private UserError withdraw(Release release, Colour colour, String wrong) throws InterruptedException {
        var error = refused(
                release,
                colour,
                wrong,
                tiers.serving().filter(colour.other()::equals).isPresent()
                        ? "rolled back: " + colour.other().label() + " serves as before"
                        : "nothing serves yet");
        tiers.stop(colour);
        return error;
    }

    private UserError refused(Release release, Colour colour, String wrong, String consequence)
            throws InterruptedException {
        tiers.output(colour, OUTPUT_LINES).forEach(output::line);
        return UserError.blocked("commit %.12s did not become healthy in %s: %s (%s)"
                        .formatted(release.commit(), environment.name(), wrong, consequence))
                .fix("read the replicas' last lines above, mend the cause and ship again");
    }
}
