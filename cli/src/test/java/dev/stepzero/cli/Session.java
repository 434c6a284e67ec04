package dev.stepzero.cli;

import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** A user at a terminal, with a home directory of their own and caches that all tests share. */
final class Session {
    private static final Path SHARED_CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "stepzero-tests", "cache");

    private final Map<String, String> environment = new HashMap<>();
    private final Path home;

    private Session(Path home) {
        this.home = home;
        environment.put("STEPZERO_HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
    }

    /** Without a container engine. */
    static Session withoutEngine(Path home) throws IOException {
        var session = new Session(home);
        session.environment.put("STEPZERO_ENGINE", "none");
        session.shareCache();
        return session;
    }

    /** With whatever engine the machine has. */
    static Session withEngine(Path home) throws IOException {
        var session = new Session(home);
        session.shareCache();
        return session;
    }

    private void shareCache() throws IOException {
        Files.createDirectories(SHARED_CACHE);
        Files.createDirectories(home);
        if (!Files.exists(home.resolve("cache"))) {
            Files.createSymbolicLink(home.resolve("cache"), SHARED_CACHE);
        }
    }

    /** The same user with another variable. */
    Session with(String name, String value) {
        var session = new Session(home);
        session.environment.putAll(environment);
        session.environment.put(name, value);
        return session;
    }

    Path home() {
        return home;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** What a command answered. */
    record Answer(int exitCode, String out, String err) {
        String all() {
            return "exit %d%n%s%n%s".formatted(exitCode, out, err);
        }
    }

    /** Starts a command in a process of its own. */
    Invocation start(String... arguments) throws IOException {
        return Invocation.start(environment(), Main.class, arguments);
    }

    /** The same, killed by {@code kill -9} at the first message that matches an expression, in ASCII for any locale. */
    Invocation startMortal(String lastMessage, String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(lastMessage));
        all.addAll(List.of(arguments));
        return Invocation.start(environment(), MortalMain.class, all.toArray(String[]::new));
    }

    /** This user's database, whose server runs on from command to command until this is closed. */
    Database database() throws InterruptedException {
        return Database.open(home, environment());
    }

    /** Rows that a query finds in this user's database. */
    List<Map<String, Object>> query(String sql) throws InterruptedException {
        try (var database = database()) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery(sql).mapToMap().list());
        }
    }

    /** Changes something in this user's database. */
    void change(String sql) throws InterruptedException {
        try (var database = database()) {
            database.jdbi().useHandle(handle -> handle.execute(sql));
        }
    }

    /** The same by the role that owns the tables, as only a migration or somebody who tampers does. */
    void changeAsOwner(String sql) throws InterruptedException {
        try (var lease = PostgresCluster.at(home.resolve("postgres")).open()) {
            var owner = lease.server().superuser("stepzero");
            Jdbi.create(owner.url(), owner.user(), owner.password()).useHandle(handle -> handle.execute(sql));
        }
    }

    Answer run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100, environment());
        var exitCode = Main.run(terminal, arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
