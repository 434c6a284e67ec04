package dev.stepzero.ship.deploy.process;

import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.Secrets;
import dev.stepzero.store.embedded.PostgresCluster;
import dev.stepzero.store.embedded.Server;
import dev.stepzero.store.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The third tier: a PostgreSQL of the environment's own, left running. */
final class DatabaseTier {
    private static final String OWNER_PASSWORD = "database-owner";
    private static final String APPLICATION_PASSWORD = "database-application";

    private final PostgresCluster cluster;
    private final Secrets secrets;

    DatabaseTier(EnvironmentFiles home, Secrets secrets) {
        cluster = PostgresCluster.at(home.database()).asUser(Users.database()).standing();
        this.secrets = secrets;
    }

    /** Makes the server run, with both roles and the database. */
    void prepare(EnvironmentSpec.Database declared) throws InterruptedException {
        var server = cluster.start();
        server.role(declared.owner(), read(secrets.file(OWNER_PASSWORD)));
        server.role(declared.role(), read(secrets.file(APPLICATION_PASSWORD)));
        server.database(declared.name(), declared.owner());
        server.admit(declared.role(), declared.name());
    }

    /** Tells a replica how to reach its database. */
    void tell(Program program, EnvironmentSpec.Database declared, Unprivileged user) throws InterruptedException {
        tell(program, declared, declared.role(), APPLICATION_PASSWORD, user);
    }

    /** Tells a migration how to reach the database as the schema's owner. */
    void tellMigration(Program program, EnvironmentSpec.Database declared, Unprivileged user)
            throws InterruptedException {
        tell(program, declared, declared.owner(), OWNER_PASSWORD, user);
        program.set(declared.variablePrefix() + "_APP_ROLE", declared.role());
    }

    private void tell(
            Program program, EnvironmentSpec.Database declared, String role, String password, Unprivileged user)
            throws InterruptedException {
        Server server = cluster.start();
        var prefix = declared.variablePrefix();
        var file = secrets.file(password);
        user.give(file);
        program.set(prefix + "_HOST", "127.0.0.1:" + server.port());
        program.set(prefix + "_DB", declared.name());
        program.set(prefix + "_USER", role);
        program.give(prefix + "_PASSWORD_FILE", file);
        // The connection does not leave the host's loopback device.
        program.set(prefix + "_SSLMODE", "disable");
    }

    void stop() throws InterruptedException {
        cluster.stop();
    }

    void delete() throws InterruptedException {
        cluster.delete();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
