package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerMount;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.containers.ImageId;
import dev.stepzero.ship.containers.Labels;
import dev.stepzero.ship.containers.Limits;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The third tier: one PostgreSQL on a volume, which only its own network reaches and only two roles may enter. */
final class DatabaseTier {
    private static final String DATA = "/var/lib/postgresql/data";
    private static final String FILES = "/stepzero";
    private static final Limits LIMITS = new Limits(512, 1, 256);
    private static final Duration SETUP = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final int CUT_OFF = 64;
    private static final int OTHER_VERSION = 65;
    private static final int LAST_LINES = 500;

    /** What the server logs when it can, and when it cannot, take connections. */
    private static final String READY = "database system is ready to accept connections";

    private static final Set<String> NOT_READY =
            Set.of("starting PostgreSQL", "database system was", "shutdown request", "database system is shut down");

    private final ContainerEngine engine;
    private final Names names;
    private final Standing standing;
    private final DatabaseFiles files;
    private final Patience patience;

    DatabaseTier(ContainerEngine engine, Names names, DatabaseFiles files, Patience patience) {
        this.engine = engine;
        this.names = names;
        this.standing = new Standing(engine, names.labels());
        this.files = files;
        this.patience = patience;
    }

    /** Sees to it that the database is there and answers. */
    void ensure(EnvironmentSpec.Database database, TierImages.TierImage image, TierNetworks networks)
            throws InterruptedException {
        var id = engine.images().load(image.layout(), image.manifest());
        var contents = files.contents(database, networks.databaseSubnet());
        var directory = files.write(contents);
        ensureVolume();
        var server = Standing.shaped(
                names.labels(Tier.DATABASE)
                        .and("dev.stepzero.files", Staging.digest(contents).toString()),
                labels -> server(labels, id, directory, networks));
        if (!standing.holds(server)) {
            stop();
            setUp(id, directory);
            standing.replace(server);
        }
        if (!patience.until(START, this::answers)) {
            throw UserError.engine("the database does not start: " + lastWords(server.name()));
        }
    }

    /** Lets the server end its work and takes its container away; the volume stays. */
    void stop() throws InterruptedException {
        var there = standing.find(container());
        if (there.filter(ContainerState::running).isPresent()) {
            // Fast shutdown: SIGTERM would wait for the clients to leave.
            engine.containers().signal(container(), "INT");
            engine.containers().await(container(), SHUTDOWN);
        }
        if (there.isPresent()) {
            engine.containers().remove(container());
        }
    }

    void removeData() throws InterruptedException {
        if (engine.volumes().exists(volume(), names.labels())) {
            engine.volumes().remove(volume());
        }
    }

    private void ensureVolume() throws InterruptedException {
        engine.volumes().ensure(volume(), names.labels(Tier.DATABASE));
        if (!engine.volumes().exists(volume(), names.labels())) {
            throw UserError.engine("a volume named " + volume() + " is there that is not of this environment")
                    .fix("remove it, or give the environment another name");
        }
    }

    private void setUp(ImageId image, Path directory) throws InterruptedException {
        var ended = runSetup(image, directory);
        if (ended.status() == CUT_OFF) {
            // There was never a server on it.
            engine.volumes().remove(volume());
            ensureVolume();
            ended = runSetup(image, directory);
        }
        if (ended.status() == OTHER_VERSION) {
            throw UserError.engine("the database's files are of another major version than PostgreSQL in the image")
                    .at("volume " + volume())
                    .fix("dump the data with the version before and load it into a new environment");
        }
        if (ended.status() != 0) {
            throw UserError.engine("the database cannot be set up: " + ended.lastWords())
                    .at("volume " + volume());
        }
    }

    private Ended runSetup(ImageId image, Path directory) throws InterruptedException {
        var name = names.part("database-setup");
        try {
            standing.replace(base(name, image, names.labels(Tier.DATABASE), directory)
                    .entrypoint("/bin/sh", FILES + "/setup.sh")
                    .build());
            var state = engine.containers()
                    .await(name, SETUP)
                    .orElseThrow(() -> UserError.engine(
                            "setting the database up took longer than " + SETUP.toMinutes() + " minutes"));
            return new Ended(state.exitCode(), lastWords(name));
        } finally {
            engine.containers().remove(name);
        }
    }

    /** How the setup ended. */
    private record Ended(int status, String lastWords) {}

    private ContainerSpec server(Labels labels, ImageId image, Path directory, TierNetworks networks) {
        return base(container(), image, labels, directory)
                .entrypoint("postgres")
                .command(List.of(
                        "-D", DATA + "/cluster",
                        "-c", "hba_file=" + FILES + "/pg_hba.conf",
                        "-c", "listen_addresses=*",
                        "-c", "unix_socket_directories=",
                        "-c", "ssl=on",
                        "-c", "ssl_cert_file=server.pem",
                        "-c", "ssl_key_file=server.pem",
                        "-c", "password_encryption=scram-sha-256",
                        "-c", "log_min_error_statement=panic",
                        "-c", "lc_messages=C"))
                .network(networks.databaseServer())
                .restart()
                .build();
    }

    private ContainerSpec.Builder base(String name, ImageId image, Labels labels, Path directory) {
        return ContainerSpec.builder(name, image, labels)
                .mount(new ContainerMount.Volume(volume(), DATA))
                .mount(new ContainerMount.Bind(directory, FILES, true))
                .limits(LIMITS);
    }

    private boolean answers() throws InterruptedException {
        var lines = engine.containers().output(container(), LAST_LINES);
        for (var line : lines.reversed()) {
            if (line.contains(READY)) {
                return true;
            }
            if (NOT_READY.stream().anyMatch(line::contains)) {
                return false;
            }
        }
        // A server that has filled the whole tail with other lines has been up for long.
        return lines.size() >= LAST_LINES;
    }

    private String lastWords(String container) throws InterruptedException {
        return String.join(" / ", engine.containers().output(container, 5));
    }

    private String container() {
        return names.part("database");
    }

    private String volume() {
        return names.part("database");
    }
}
