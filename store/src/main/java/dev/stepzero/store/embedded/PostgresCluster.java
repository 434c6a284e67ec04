package dev.stepzero.store.embedded;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.DirectoryLock;
import dev.stepzero.store.process.FreePort;
import dev.stepzero.store.process.PortHolder;
import dev.stepzero.store.process.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.Set;
import java.util.function.Function;

/**
 * A PostgreSQL server with its data in one directory, listening on the loopback address only. It is a process of its
 * own that several programs share: {@link #open} starts it for the first and stops it after the last of them. A
 * {@linkplain #standing() standing} one lives on, on a port that never changes, until {@link #stop}.
 *
 * <p>Everything here may be called by any number of threads and processes at once, and again after a {@code kill -9}.
 * Every method throws a {@link UserError} where disk, ports, rights or the data are at fault.
 */
public final class PostgresCluster {
    /** The role that owns the cluster. */
    public static final String SUPERUSER = "stepzero";

    // Apart from the users of whatever else Stepzero runs, so that none of them can read the data.
    private static final int DATABASE_USER = 10_002;
    private static final int TRIES = 3;

    private final Path directory;
    private final Path cache;
    private final int uid;
    private final boolean standing;

    private PostgresCluster(Path directory, Path cache, int uid, boolean standing) {
        this.directory = directory;
        this.cache = cache;
        this.uid = uid;
        this.standing = standing;
    }

    /**
     * A cluster that need not exist yet.
     *
     * @param directory where its data, its port, its password (mode 0600) and its log are kept
     */
    public static PostgresCluster at(Path directory) {
        return new PostgresCluster(directory, BinariesCache.ofThisUser(), DATABASE_USER, false);
    }

    /** The same with PostgreSQL's programs, about 70 MB, unpacked into the given directory, which many may share. */
    public PostgresCluster withBinariesIn(Path directoryForPrograms) {
        return new PostgresCluster(directory, directoryForPrograms, uid, standing);
    }

    /** The same for a program that runs as root: the user whom the server runs as and who owns the data. */
    public PostgresCluster asUser(int number) {
        return new PostgresCluster(directory, cache, number, standing);
    }

    /** The same, left running when the last one closes it. */
    public PostgresCluster standing() {
        return new PostgresCluster(directory, cache, uid, true);
    }

    /** Starts the server unless it runs, and keeps it running until the lease is closed. */
    public ClusterLease open() throws InterruptedException {
        var files = ClusterFiles.in(directory);
        try (var _ = DirectoryLock.take(files.directory())) {
            return ClusterLease.begin(this, running(files));
        }
    }

    /** Starts the server unless it runs, and waits until it takes connections. */
    public Server start() throws InterruptedException {
        var files = ClusterFiles.in(directory);
        try (var _ = DirectoryLock.take(files.directory())) {
            return running(files);
        }
    }

    /** Whether the server's process is there. */
    public boolean isRunning() {
        return Files.isDirectory(directory) && new ServerProcess(ClusterFiles.in(directory)).runs();
    }

    /** Stops the server, ending the sessions of whoever uses it; nothing that was committed is lost. */
    public void stop() throws InterruptedException {
        if (Files.isDirectory(directory)) {
            var files = ClusterFiles.in(directory);
            try (var _ = DirectoryLock.take(files.directory())) {
                new ServerProcess(files).stop();
            }
        }
    }

    /** Stops the server and deletes the directory with all data. */
    public void delete() throws InterruptedException {
        stop();
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw UserError.engine("cannot delete the database: " + e)
                    .at(directory.toString())
                    .fix("delete the directory as its owner")
                    .because(e);
        }
    }

    /** Ends a lease: stops the server when nobody else uses it. */
    void release(ClusterLease lease) throws InterruptedException {
        var files = ClusterFiles.in(directory);
        try (var _ = DirectoryLock.take(files.directory())) {
            if (lease.wasTheLast() && !standing) {
                new ServerProcess(files).stop();
            }
        }
    }

    /**
     * Starts a server that is gone again where its users know it, and lets one of them sign in before anybody can stop it.
     *
     * @throws UserError if its port is taken, its data are gone, or it does not start
     */
    Connection again(Server lost, Function<Server, Connection> signIn) throws InterruptedException {
        if (!Files.isDirectory(directory.resolve("data"))) {
            throw UserError.engine("the database's directory is gone")
                    .at(directory.toString())
                    .fix("bring it back, from a backup if need be");
        }
        var files = ClusterFiles.in(directory);
        try (var _ = DirectoryLock.take(files.directory())) {
            var found = standing().running(files);
            if (!found.equals(lost)) {
                throw UserError.engine("somebody started the database on another port")
                        .at(found.toString())
                        .fix("restart this program");
            }
            return signIn.apply(found);
        }
    }

    private Server running(ClusterFiles files) throws InterruptedException {
        var process = new ServerProcess(files);
        if (process.runs()) {
            return new Server(files.port().orElseThrow(), files.password());
        }
        var binaries = Binaries.unpackedIn(cache);
        var user = Unprivileged.as(uid);
        user.admit(files.directory());
        if (Files.exists(files.data())) {
            Versions.check(files.data(), binaries);
        } else {
            new Initialisation(files, binaries, user).run();
        }
        return startOnFreePort(files, process, binaries, user);
    }

    private Server startOnFreePort(ClusterFiles files, ServerProcess process, Binaries binaries, Unprivileged user)
            throws InterruptedException {
        for (var tried = 1; ; tried++) {
            var port = port(files);
            try {
                process.start(binaries, user, port);
                return new Server(port, files.password());
            } catch (UserError e) {
                // Somebody may take the port between our look and the server's.
                if (tried == TRIES || FreePort.isFree(port)) {
                    throw e;
                }
            }
        }
    }

    private int port(ClusterFiles files) {
        var kept = files.port();
        if (kept.isPresent() && FreePort.isFree(kept.get())) {
            return kept.get();
        }
        if (kept.isPresent() && standing) {
            throw UserError.engine("port " + kept.get() + " of the database is taken by "
                            + PortHolder.of(kept.get()).orElse("another program"))
                    .at("127.0.0.1:" + kept.get())
                    .fix("end that program, or delete " + files.directory().resolve("port")
                            + " and restart what uses the database");
        }
        var port = FreePort.find(new SecureRandom(), Set.of());
        files.keepPort(port);
        return port;
    }
}
