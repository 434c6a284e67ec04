package dev.stepzero.store.embedded;

import dev.stepzero.store.process.Detached;
import dev.stepzero.store.process.ProcessMark;
import dev.stepzero.store.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The server's process. Callers hold the cluster's lock. */
final class ServerProcess {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int READY_LINE = 7;
    private static final int TOLD_LINES = 12;

    private final ClusterFiles files;
    private final Detached process;

    ServerProcess(ClusterFiles files) {
        this.files = files;
        process = Detached.named("server", files.directory());
    }

    boolean runs() {
        return process.running().isPresent();
    }

    /** Starts the server and waits until it takes connections, recovery after a crash included. */
    void start(Binaries binaries, Unprivileged user, int port) throws InterruptedException {
        removeMisleadingLock();
        var before = process.log().position();
        var environment = Map.of("LC_ALL", "C", "TZ", "UTC");
        var command = user.command(command(binaries, port), environment, Set.of(files.data(), binaries.home()));
        var mark = process.start(command, files.data());
        var deadline = System.nanoTime() + START.toNanos();
        while (!ready(mark)) {
            if (!mark.alive()) {
                throw failure("the embedded PostgreSQL did not start", before);
            }
            if (System.nanoTime() > deadline) {
                process.stop("INT", STOP);
                throw failure("the embedded PostgreSQL did not start within " + START.toSeconds() + " s", before);
            }
            Thread.sleep(5);
        }
    }

    /** Stops the server in PostgreSQL's fast way: sessions end, what was committed is on disk. */
    void stop() throws InterruptedException {
        process.stop("INT", STOP);
    }

    private RuntimeException failure(String what, long before) {
        var told = process.log().since(before, TOLD_LINES);
        return ServerFailure.of(what, String.join("\n", told))
                .at(files.directory().toString());
    }

    private List<String> command(Binaries binaries, int port) {
        return List.of(
                binaries.program("postgres").toString(),
                "-D",
                files.data().toString(),
                "--port=" + port,
                "--listen_addresses=127.0.0.1",
                "--unix_socket_directories=",
                "--shared_buffers=128MB",
                "--max_connections=100",
                "--max_wal_size=1GB",
                "--io_method=sync",
                "--log_min_messages=log",
                "--log_checkpoints=off",
                "--timezone=UTC",
                "--log_timezone=UTC");
    }

    private boolean ready(ProcessMark mark) {
        var lines = lockLines();
        return lines.size() > READY_LINE
                && lines.getFirst().equals(Long.toString(mark.pid()))
                && lines.get(READY_LINE).startsWith("ready");
    }

    /**
     * PostgreSQL takes its own lock file for valid as long as any process of the user has the number in it. After a
     * kill or a reboot that may be somebody else, who is told apart by the command line.
     */
    private void removeMisleadingLock() {
        var lines = lockLines();
        if (!lines.isEmpty() && !isServerHere(lines.getFirst())) {
            try {
                Files.deleteIfExists(lockFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** False only when the number is alive and surely not a server of ours; PostgreSQL judges the other cases. */
    private boolean isServerHere(String pid) {
        try {
            var commandLine = Files.readString(Path.of("/proc", pid.strip(), "cmdline"));
            return commandLine.contains(files.data().toString());
        } catch (IOException e) {
            return true;
        }
    }

    private Path lockFile() {
        return files.data().resolve("postmaster.pid");
    }

    private List<String> lockLines() {
        try {
            return Files.readAllLines(lockFile());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
