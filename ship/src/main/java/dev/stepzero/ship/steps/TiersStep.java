package dev.stepzero.ship.steps;

import dev.stepzero.core.Home;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;

/** Makes the images of the load balancer's and the database's tier, by the same means as the application's. */
public final class TiersStep implements Step {
    private final ImageBuilders builders;
    private final Home home;
    private final boolean wanted;
    private final boolean database;

    /**
     * The step.
     *
     * @param wanted whether the target runs its tiers from images
     * @param database whether the environment has a database
     */
    public TiersStep(ImageBuilders builders, Home home, boolean wanted, boolean database) {
        this.builders = builders;
        this.home = home;
        this.wanted = wanted;
        this.database = database;
    }

    @Override
    public String name() {
        return "tiers";
    }

    @Override
    public Stage stage() {
        return Stage.BUILD;
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.TIERS);
    }

    @Override
    public boolean stillHolds(StepContext context) {
        var tiers = context.get(Handover.TIERS);
        return isThere(tiers.loadBalancer()) && isThere(tiers.database());
    }

    private boolean isThere(String digest) {
        return digest.isEmpty() || Files.exists(home.registry().resolve("blobs").resolve(digest.replace(':', '/')));
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        if (!wanted) {
            context.give(Handover.TIERS, new Handover.TierImages("", ""));
            context.summary("no image is needed");
            return;
        }
        var builder = builders.with(Optional.empty(), context.output()::line);
        var balancer = builder.loadBalancer(home.registry());
        balancer.notes().forEach(context.output()::line);
        var store = database
                ? Optional.of(builder.database(home.registry()))
                : Optional.<dev.stepzero.ship.image.BuiltImage>empty();
        store.ifPresent(image -> image.notes().forEach(context.output()::line));
        context.give(
                Handover.TIERS,
                new Handover.TierImages(
                        balancer.digest().toString(),
                        store.map(image -> image.digest().toString()).orElse("")));
        context.summary(database ? "HAProxy and PostgreSQL" : "HAProxy");
    }
}
