package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Release;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.ship.deploy.Tiers;
import dev.stepzero.store.process.Detached;
import dev.stepzero.store.process.DirectoryLock;
import dev.stepzero.store.process.FreePort;
import dev.stepzero.store.process.Unprivileged;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Three tiers as processes: the load balancer's, the replicas', the database's. */
final class ProcessTiers implements Tiers {
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration MIGRATION = Duration.ofMinutes(10);
    private static final int TOLD_LINES = 40;

    private final EnvironmentSpec environment;
    private final EnvironmentFiles home;
    private final LoadBalancerProcess loadBalancer;
    private final DatabaseTier database;
    private final Secrets secrets;
    private final ProxySettings doors;

    ProcessTiers(
            EnvironmentSpec environment,
            EnvironmentFiles home,
            LoadBalancerProcess loadBalancer,
            DatabaseTier database,
            ProxySettings doors) {
        this.environment = environment;
        this.home = home;
        this.loadBalancer = loadBalancer;
        this.database = database;
        this.doors = doors;
        secrets = Secrets.in(home.secrets());
    }

    @Override
    public URI live() {
        var host = switch (doors.address()) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> doors.address();
        };
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + doors.port() + "/");
    }

    @Override
    public URI preview() {
        return URI.create("http://127.0.0.1:" + doors.previewPort() + "/");
    }

    @Override
    public Optional<Colour> serving() {
        return loadBalancer.balance().routes().liveColour();
    }

    @Override
    public Optional<Digest> running(Colour colour) {
        var leadThere = !loadBalancer.routes().of(colour).isEmpty();
        return leadThere ? new Replicas(home, colour).running() : Optional.empty();
    }

    @Override
    public void migrate(Release release) throws InterruptedException {
        if (environment.database().isEmpty()
                || environment.database().get().migrate().isEmpty()) {
            return;
        }
        var declared = environment.database().get();
        try (var _ = DirectoryLock.take(home.home())) {
            var process = Detached.named("migration", EnvironmentFiles.make(home.migration()));
            process.stop(Duration.ZERO);
            var user = Users.migration();
            var own = EnvironmentFiles.make(home.migration().resolve("own"));
            user.admit(home.migration());
            user.give(own);
            var rootfs = Rootfs.of(release, home);
            var program = Program.of(rootfs, declared.migrate(), own, environment.application());
            database.tellMigration(program, declared, user);
            var before = process.log().position();
            var status = process.run(
                    user.command(program.command(), program.environment(), program.uses()),
                    rootfs.workingDirectory(),
                    MIGRATION);
            if (status.isEmpty() || status.getAsInt() != 0) {
                throw UserError.blocked("the migration "
                                + (status.isEmpty()
                                        ? "took longer than " + MIGRATION.toMinutes() + " minutes"
                                        : "ended with status " + status.getAsInt())
                                + ":\n"
                                + String.join("\n", process.log().since(before, TOLD_LINES))
                                        .indent(2)
                                        .stripTrailing())
                        .fix("mend the migration and ship again; what serves was not touched");
            }
        }
    }

    @Override
    public void start(Release release, Colour colour) throws InterruptedException {
        try (var _ = DirectoryLock.take(home.home())) {
            var replicas = new Replicas(home, colour);
            replicas.stop();
            var rootfs = Rootfs.of(release, home);
            var user = Users.replica();
            user.admit(EnvironmentFiles.make(home.colour(colour)));
            var started = new ArrayList<Routes.Replica>();
            var taken = new HashSet<>(Balancer.ports(loadBalancer.routes()));
            for (var number = 1; number <= environment.application().replicas(); number++) {
                var port = FreePort.find(new SecureRandom(), taken);
                taken.add(port);
                start(replicas, number, rootfs, port, user);
                started.add(new Routes.Replica(port, replicas.log(number).file().toString()));
            }
            loadBalancer.follow(loadBalancer.routes().with(colour, started));
            replicas.completed(release.image(), started.size());
        }
    }

    private void start(Replicas replicas, int number, Rootfs rootfs, int port, Unprivileged user)
            throws InterruptedException {
        var place = EnvironmentFiles.make(replicas.place(number));
        var own = EnvironmentFiles.make(place.resolve("own"));
        user.admit(place);
        user.give(own);
        var program = Program.of(rootfs, List.of(), own, environment.application());
        for (var name : environment.application().secrets()) {
            var file = secrets.file(name);
            user.give(file);
            program.giveSecret(name, file);
        }
        program.listenOn(port, environment.application().portVariable());
        if (environment.database().isPresent()) {
            database.tell(program, environment.database().get(), user);
        }
        replicas.process(number)
                .start(
                        user.command(program.command(), program.environment(), program.uses()),
                        rootfs.workingDirectory());
        Users.loadBalancer().give(replicas.log(number).file());
    }

    @Override
    public void show(Colour colour) throws InterruptedException {
        try (var _ = DirectoryLock.take(home.home())) {
            loadBalancer.follow(loadBalancer.routes().showing(colour));
        }
    }

    @Override
    public void serve(Colour colour) throws InterruptedException {
        try (var _ = DirectoryLock.take(home.home())) {
            loadBalancer.follow(loadBalancer.routes().serving(colour));
        }
    }

    @Override
    public void stop(Colour colour) throws InterruptedException {
        try (var _ = DirectoryLock.take(home.home())) {
            drain(colour);
            loadBalancer.follow(loadBalancer.routes().without(colour));
            new Replicas(home, colour).stop();
            var kept = new HashSet<Digest>();
            for (var one : Colour.values()) {
                new Replicas(home, one).started().ifPresent(kept::add);
            }
            Rootfs.prune(home, kept);
        }
    }

    private void drain(Colour colour) throws InterruptedException {
        var deadline = System.nanoTime() + DRAIN.toNanos();
        while (loadBalancer.runs()
                && loadBalancer.balance().underWay().getOrDefault(colour, 0) > 0
                && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    @Override
    public List<String> output(Colour colour, int lines) {
        return new Replicas(home, colour).output(lines);
    }
}
