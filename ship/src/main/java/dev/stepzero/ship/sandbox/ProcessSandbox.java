package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.sandbox.SandboxResult.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs each command as a process of this machine, as far away from it as the machine allows: in namespaces of its own,
 * without rights, with an empty home. It is there for machines without a container engine.
 */
public final class ProcessSandbox implements Sandbox {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final long MEGABYTE = 1024L * 1024;

    private final Path boxes;
    private final Launch launch;
    private final Invoker invoker;

    ProcessSandbox(Path boxes, Launch launch, Invoker invoker) {
        this.boxes = boxes;
        this.launch = launch;
        this.invoker = invoker;
    }

    /**
     * Opens a sandbox: tries what the machine allows, and clears up what dead sandboxes left.
     *
     * @param environment Stepzero's own variables, of which only the search path is handed on
     * @param boxes a directory that every user may pass through, for the commands' throw-away files
     * @param hidden directories that no command may look into, such as the user's home
     */
    public static ProcessSandbox open(Map<String, String> environment, Path boxes, List<Path> hidden)
            throws InterruptedException {
        var invoker = Invoker.current();
        var path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        Box.clearUp(boxes, invoker);
        SecretHandover.clearUp(SecretHandover.MEMORY, invoker);
        return new ProcessSandbox(boxes, new Launch(Isolation.probe(invoker, path), invoker, path, hidden), invoker);
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public List<String> weaknesses() {
        return launch.isolation().weaknesses(invoker);
    }

    @Override
    public SandboxResult run(SandboxCommand command, StepOutput output) throws InterruptedException {
        try (var handover = SecretHandover.of(command, SecretHandover.MEMORY, invoker)) {
            boolean ownMemory = !launch.isolation().namespaces().isEmpty();
            return runWithSecrets(handover.into(command, ownMemory), output);
        }
    }

    private SandboxResult runWithSecrets(SandboxCommand command, StepOutput output) throws InterruptedException {
        int user = launch.user();
        var box = Box.create(boxes, invoker, user);
        var ownership = new Ownership();
        try {
            if (user != invoker.user()) {
                ownership.lend(command.workspace(), user);
                for (var mount : command.mounts()) {
                    if (!mount.readOnly()) {
                        ownership.lend(mount.source(), user);
                    }
                }
            }
            var process = launch.start(command, box);
            var tree = new ProcessTree(process.toHandle(), box.mark());
            try {
                box.noteLeader(process.toHandle());
                return watch(process, tree, command, output);
            } finally {
                end(tree);
            }
        } catch (IOException e) {
            throw UserError.engine("the command cannot be started in a sandbox: " + e.getMessage())
                    .at(command.argv().getFirst())
                    .fix("see that the program and the workspace are there")
                    .because(e);
        } finally {
            boolean interrupted = Thread.interrupted();
            ownership.takeBack();
            delete(box);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SandboxResult watch(Process process, ProcessTree tree, SandboxCommand command, StepOutput output)
            throws InterruptedException {
        var limits = command.limits();
        var kept = new HeadAndTail(output, limits.outputBytes(), command.secrets(), () -> {});
        var reader = Thread.ofPlatform().daemon().name("sandbox-output").start(() -> read(process, kept));
        long start = System.nanoTime();
        var ending = Ending.EXITED;
        try {
            while (!process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS) && ending == Ending.EXITED) {
                if (kept.canary()) {
                    ending = Ending.CANARY;
                } else if (kept.over()) {
                    ending = Ending.OUTPUT_LIMIT;
                } else if (System.nanoTime() - start > limits.timeout().toNanos()) {
                    ending = Ending.TIMED_OUT;
                } else if (tree.memory() > limits.memoryMegabytes() * MEGABYTE) {
                    ending = Ending.OUT_OF_MEMORY;
                }
            }
            var duration = Duration.ofNanos(System.nanoTime() - start);
            tree.kill();
            reader.join(LAST_WORDS);
            int exitCode = process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : 137;
            kept.finish();
            if (kept.canary()) {
                ending = Ending.CANARY;
            } else if (kept.over()) {
                ending = Ending.OUTPUT_LIMIT;
            } else if (ending == Ending.EXITED && exitCode > 128 && exitCode < 128 + 65) {
                ending = Ending.KILLED;
            }
            return new SandboxResult(exitCode, ending, duration, kept.total());
        } finally {
            kept.finish();
        }
    }

    private static void read(Process process, HeadAndTail kept) {
        try (var stream = process.getInputStream()) {
            var buffer = new byte[64 * 1024];
            for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                kept.take(Arrays.copyOf(buffer, length));
            }
        } catch (IOException e) {
            // The stream was closed under the reader: there is nothing more to hear.
        }
    }

    /** Ends everything, also when this thread was interrupted. */
    private static void end(ProcessTree tree) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        boolean dead = tree.kill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!dead) {
            throw UserError.engine("a process of the sandbox cannot be killed")
                    .at("pid " + tree.leader().pid())
                    .fix("look for processes that hang in the kernel");
        }
    }

    private static void delete(Box box) throws InterruptedException {
        try {
            box.delete();
        } catch (IOException e) {
            throw UserError.engine("the sandbox's files cannot be deleted: " + e.getMessage())
                    .at(box.directory().toString())
                    .fix("delete the directory")
                    .because(e);
        }
    }
}
