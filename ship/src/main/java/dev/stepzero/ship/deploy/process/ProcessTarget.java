package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.deploy.Target;
import dev.stepzero.ship.deploy.Tiers;
import dev.stepzero.store.process.Detached;
import dev.stepzero.store.process.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Environments as plain processes of this host, for machines without a container engine. Every process is detached from
 * the command that started it; run by root, each tier becomes a user of its own.
 */
public final class ProcessTarget implements Target {

    @Override
    public String name() {
        return "process";
    }

    @Override
    public List<String> weaknesses() {
        return List.of(
                "The tiers share the host's network: every program on this host can reach the replicas and, with its"
                        + " password, the database; what passes between the tiers is not encrypted.",
                "The replicas see the host's file system as far as their user may read it, and run on its kernel and"
                        + " its C library rather than the image's.",
                "The replicas of all environments on this host run as one user and can read each other's secrets; run"
                        + " by an ordinary user, all tiers run as that user.",
                "The memory limit is only told to Java programs; nothing keeps a replica from taking all of the host's"
                        + " memory, processes or disk.",
                "Nothing restarts a process that died, or any of them after a reboot, before the next deployment.");
    }

    @Override
    public Tiers prepare(EnvironmentSpec environment) throws InterruptedException {
        var home = new EnvironmentFiles(EnvironmentFiles.make(environment.home().toAbsolutePath()));
        try (var _ = DirectoryLock.take(home.home())) {
            home.prepare(Users.replica());
            var database = new DatabaseTier(home, Secrets.in(home.secrets()));
            if (environment.database().isPresent()) {
                database.prepare(environment.database().get());
            }
            var loadBalancer = new LoadBalancerProcess(home, environment);
            var doors = loadBalancer.prepare();
            return new ProcessTiers(environment, home, loadBalancer, database, doors);
        }
    }

    @Override
    public void remove(EnvironmentSpec environment, boolean withData) throws InterruptedException {
        var home = new EnvironmentFiles(environment.home().toAbsolutePath());
        if (!Files.isDirectory(home.home())) {
            return;
        }
        try (var _ = DirectoryLock.take(home.home())) {
            new LoadBalancerProcess(home, environment).stop();
            for (var colour : Colour.values()) {
                new Replicas(home, colour).stop();
            }
            Detached.named("migration", home.migration()).stop(Duration.ZERO);
            var database = new DatabaseTier(home, Secrets.in(home.secrets()));
            database.stop();
            for (var directory : List.of(home.proxy(), home.replicas(), home.releases(), home.migration())) {
                EnvironmentFiles.delete(directory);
            }
            if (withData) {
                database.delete();
                EnvironmentFiles.delete(home.secrets());
            }
        }
        if (withData) {
            deleteIfEmptyButForItsLock(home.home());
        }
    }

    private static void deleteIfEmptyButForItsLock(Path home) {
        try (var files = Files.list(home)) {
            if (files.count() <= 1) {
                EnvironmentFiles.delete(home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
