package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerMount;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Secrets;
import java.time.Duration;

/** Runs the release's own migration once, as the schema's owner, in the database's network. */
final class Migration {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LAST_LINES = 15;

    private final ContainerEngine engine;
    private final EnvironmentSpec spec;
    private final Names names;
    private final Staging staging;
    private final Secrets secrets;

    Migration(ContainerEngine engine, EnvironmentSpec spec, Staging staging, Secrets secrets) {
        this.engine = engine;
        this.spec = spec;
        this.names = Names.of(spec);
        this.staging = staging;
        this.secrets = secrets;
    }

    /** Does nothing where there is no database, or no migration. */
    void run(Release release, TierNetworks networks) throws InterruptedException {
        var database = spec.database().filter(each -> !each.migrate().isEmpty());
        if (database.isPresent()) {
            run(release, database.get(), networks);
        }
    }

    private void run(Release release, EnvironmentSpec.Database database, TierNetworks networks)
            throws InterruptedException {
        var image = engine.images().load(release.layout(), release.image());
        var variables = Variables.ofMigration(spec.application(), database, secrets);
        var name = names.part("migration");
        try {
            new Standing(engine, names.labels())
                    .replace(ContainerSpec.builder(name, image, names.labels(Tier.APPLICATION))
                            .command(database.migrate())
                            .environment(variables.plain())
                            .mount(new ContainerMount.Bind(
                                    staging.files("migration", variables.files()), Variables.DIRECTORY, true))
                            .network(networks.migration())
                            .host(TierNetworks.DATABASE_HOST, networks.databaseAddress())
                            .limits(ApplicationTier.limits(spec.application()))
                            .build());
            var ended = engine.containers()
                    .await(name, LONGEST)
                    .orElseThrow(() -> UserError.blocked(
                                    "the migration took longer than " + LONGEST.toMinutes() + " minutes and was ended")
                            .fix("split it into smaller ones"));
            if (ended.exitCode() != 0) {
                throw UserError.blocked("the migration of commit %.12s ended with status %d: %s"
                                .formatted(
                                        release.commit(),
                                        ended.exitCode(),
                                        String.join("\n", engine.containers().output(name, LAST_LINES))))
                        .fix("mend the migration and ship again; the release that served before still does");
            }
        } finally {
            engine.containers().remove(name);
        }
    }
}
