package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program that goes on when we end. It is found again through a file with its {@link ProcessMark}, which it writes
 * itself before it becomes the program: so it is known even when we are killed while we start it. Callers keep two
 * starts of the same one apart with a {@link DirectoryLock}.
 *
 * @param mark the file that names the process
 * @param log where its output goes
 */
public record Detached(Path mark, BoundedLog log) {
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(5);
    private static final String WRITE_MARK_AND_BECOME = """
            ulimit -c 0
            started() { set -- $1; echo "${22}"; }
            read -r stat </proc/$$/stat
            read -r boot </proc/sys/kernel/random/boot_id
            echo "$$ $(started "$stat") $boot" >"$0.new" && mv -f "$0.new" "$0" && exec "$@"
            """;

    /** The files of the program that a name stands for in a directory. */
    public static Detached named(String name, Path directory) {
        return new Detached(directory.resolve(name + ".pid"), new BoundedLog(directory.resolve(name + ".log")));
    }

    /** The process, while it runs. */
    public Optional<ProcessMark> running() {
        return recorded().filter(ProcessMark::alive);
    }

    /**
     * Starts the program in a session of its own, with nothing to read, and returns before it has done anything.
     *
     * @param command the program, see {@link Unprivileged#command}
     * @param workingDirectory where it stands
     */
    public ProcessMark start(List<String> command, Path workingDirectory) throws InterruptedException {
        return known(launch(command, workingDirectory));
    }

    /**
     * Starts the program and waits for its end; when we are interrupted or the time is over, it is ended.
     *
     * @return its exit status; empty when the time was over
     */
    public OptionalInt run(List<String> command, Path workingDirectory, Duration most) throws InterruptedException {
        var process = launch(command, workingDirectory);
        try {
            return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } finally {
            process.destroyForcibly();
            var known = recorded();
            if (known.isPresent()) {
                endSession(known.get());
            }
        }
    }

    private Process launch(List<String> command, Path workingDirectory) {
        log.trim();
        var detached = new ArrayList<>(List.of("setsid", "sh", "-c", WRITE_MARK_AND_BECOME, mark.toString()));
        detached.addAll(command);
        var builder = new ProcessBuilder(detached)
                .directory(workingDirectory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", Command.PATH);
        try {
            return builder.start();
        } catch (IOException e) {
            throw Command.missing("setsid").because(e);
        }
    }

    private ProcessMark known(Process process) throws InterruptedException {
        var deadline = System.nanoTime() + MOST_PATIENCE.toNanos();
        var ended = false;
        while (!ended && System.nanoTime() < deadline) {
            ended = process.waitFor(5, TimeUnit.MILLISECONDS);
            var written = recorded().filter(known -> known.pid() == process.pid());
            if (written.isPresent()) {
                return written.get();
            }
        }
        process.destroyForcibly();
        throw UserError.engine("the process did not start: " + String.join("\n", log.tail(5)))
                .at(mark.toString())
                .fix("see that the directory can be written to and the disk is not full");
    }

    /** Asks the program to end, waits at most the given time, then ends it and whatever it left behind. */
    public void stop(Duration patience) throws InterruptedException {
        running().flatMap(known -> ProcessHandle.of(known.pid())).ifPresent(ProcessHandle::destroy);
        end(patience);
    }

    /** The same with a signal of the caller's choice, such as {@code INT}. */
    public void stop(String signal, Duration patience) throws InterruptedException {
        var known = running();
        if (known.isPresent()) {
            Command.run(
                    List.of("sh", "-c", "kill -" + signal + " " + known.get().pid()));
        }
        end(patience);
    }

    private void end(Duration patience) throws InterruptedException {
        var known = recorded();
        if (known.isPresent()) {
            if (!gone(known.get(), patience)) {
                known.get().kill();
                gone(known.get(), MOST_PATIENCE);
            }
            endSession(known.get());
        }
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void endSession(ProcessMark leader) throws InterruptedException {
        var deadline = System.nanoTime() + MOST_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var left = leader.session().toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessMark::kill);
            Thread.sleep(5);
        }
    }

    private static boolean gone(ProcessMark mark, Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (mark.alive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    private Optional<ProcessMark> recorded() {
        try {
            return ProcessMark.parse(Files.readString(mark));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
