package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.store.process.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs commands as plain processes where no container engine is there: another user, no network, a tree that dies as a
 * whole, an empty environment, as far as the machine offers these.
 */
public final class ProcessSandbox implements Sandbox {
    /** Not the user of deployed replicas, whose processes a command must not reach. */
    private static final int USER = 10002;

    private static final String MARK = "STEPZERO_SANDBOX";

    private final Unprivileged user;
    private final Namespaces namespaces;
    private final Clock clock;

    private ProcessSandbox(Unprivileged user, Namespaces namespaces, Clock clock) {
        this.user = user;
        this.namespaces = namespaces;
        this.clock = clock;
    }

    /**
     * Finds out what this machine offers.
     *
     * @throws UserError if we are root and may not become another user
     */
    public static ProcessSandbox onThisMachine() throws InterruptedException {
        return new ProcessSandbox(Unprivileged.as(USER), Namespaces.probe(), Clock.systemUTC());
    }

    @Override
    public String name() {
        return "plain processes";
    }

    @Override
    public List<String> weaknesses() {
        var weaknesses = new ArrayList<String>();
        weaknesses.add("Tests and build run as plain processes without a container: they see this host's files.");
        user.weakness().ifPresent(weaknesses::add);
        weaknesses.addAll(namespaces.weaknesses());
        return weaknesses;
    }

    @Override
    public SandboxResult run(SandboxCommand command, StepOutput output) throws InterruptedException {
        var mark = command.workspace().toString();
        ProcessTree.killMarked(MARK, mark);
        var home = command.workspace().resolveSibling(command.workspace().getFileName() + ".home");
        try {
            prepare(command, home);
            return watch(start(command, home, mark), command, output);
        } catch (IOException e) {
            throw UserError.engine("'%s' cannot be started: %s".formatted(command.name(), e.getMessage()))
                    .fix("see that /bin/sh is there and the disk has room")
                    .because(e);
        } finally {
            ProcessTree.killMarked(MARK, mark);
            takeBack(command, home);
        }
    }

    private void prepare(SandboxCommand command, Path home) throws IOException {
        Files.createDirectories(home);
        user.give(home);
        user.give(command.workspace());
        if (command.cacheWritable()) {
            user.give(command.cache());
        }
    }

    private Process start(SandboxCommand command, Path home, String mark) throws IOException, InterruptedException {
        var words =
                command.arguments().stream().map(word -> placed(word, command)).toList();
        var uses = List.of(command.workspace(), command.cache(), command.jdk(), home);
        var limited = new ArrayList<>(namespaces.limits(command.limits().processes()));
        limited.addAll(user.command(words, uses));
        var builder = new ProcessBuilder(namespaces.wrap(limited, command.network()))
                .directory(command.workspace().toFile())
                .redirectErrorStream(true);
        var environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of(
                "PATH",
                "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME",
                home.toString(),
                "LANG",
                "C.UTF-8",
                "TZ",
                "UTC",
                MARK,
                mark));
        command.environment().forEach((name, value) -> environment.put(name, placed(value, command)));
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String placed(String text, SandboxCommand command) {
        return text.replace("{workspace}", command.workspace().toString())
                .replace("{cache}", command.cache().toString())
                .replace("{jdk}", command.jdk().toString());
    }

    private SandboxResult watch(Process process, SandboxCommand command, StepOutput output)
            throws InterruptedException {
        var started = clock.instant();
        var watch = new ProcessWatch(process, command.limits(), output, clock);
        try {
            var ending = watch.untilEnd();
            return new SandboxResult(process.exitValue(), ending, Duration.between(started, clock.instant()));
        } finally {
            ProcessTree.kill(process);
            watch.close();
        }
    }

    /** What the command wrote belongs to the invoking user again, who alone may change it from here on. */
    private void takeBack(SandboxCommand command, Path home) {
        try {
            if (user.isAnother()) {
                Ownership.takeBack(command.workspace());
                if (command.cacheWritable()) {
                    Ownership.takeBack(command.cache());
                }
            }
            Ownership.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
