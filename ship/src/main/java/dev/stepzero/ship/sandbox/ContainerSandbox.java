package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.AttachedOutput;
import dev.stepzero.ship.containers.Attachment;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerMount;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.containers.ImageId;
import dev.stepzero.ship.containers.Labels;
import dev.stepzero.ship.containers.Limits;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.sandbox.SandboxCommand.Network;
import dev.stepzero.ship.sandbox.SandboxResult.Ending;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs each command in a fresh, hardened container of a toolchain image. What a killed Stepzero left behind is removed
 * when the next one opens its sandbox.
 */
public final class ContainerSandbox implements Sandbox {
    private static final String OWNER = "dev.stepzero.owner";
    private static final Labels SANDBOX = Labels.of(Labels.TIER, "sandbox");
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final int SIGKILL = 128 + 9;

    private final ContainerEngine engine;
    private final ImageId toolchain;
    private final String run;
    private final Invoker invoker;

    private ContainerSandbox(ContainerEngine engine, ImageId toolchain, String run, Invoker invoker) {
        this.engine = engine;
        this.toolchain = toolchain;
        this.run = run;
        this.invoker = invoker;
    }

    /**
     * Opens a sandbox and removes what dead ones left in the engine.
     *
     * @param toolchain the image with the programs that the commands need
     * @param run the pipeline run that the containers are labelled with
     */
    public static ContainerSandbox open(ContainerEngine engine, ImageId toolchain, String run)
            throws InterruptedException {
        for (var container : engine.containers().list(SANDBOX)) {
            if (Invoker.living(container.labels().getOrDefault(OWNER, "")).isEmpty()) {
                engine.containers().remove(container.id());
            }
        }
        SecretHandover.clearUp(SecretHandover.MEMORY, Invoker.current());
        for (var network : engine.networks().list(SANDBOX)) {
            if (Invoker.living(network.labels().getOrDefault(OWNER, "")).isEmpty()) {
                engine.networks().remove(network.name());
            }
        }
        return new ContainerSandbox(engine, toolchain, run, Invoker.current());
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public List<String> weaknesses() {
        return List.of();
    }

    @Override
    public SandboxResult run(SandboxCommand command, StepOutput output) throws InterruptedException {
        try (var handover = SecretHandover.of(command, SecretHandover.MEMORY, invoker)) {
            return runWithSecrets(handover.into(command, true), output);
        }
    }

    private SandboxResult runWithSecrets(SandboxCommand command, StepOutput output) throws InterruptedException {
        var name = "stepzero-sandbox-" + UUID.randomUUID();
        var ownership = new Ownership();
        try {
            if (user() == ContainerSpec.USER) {
                ownership.lend(command.workspace(), ContainerSpec.USER);
                for (var mount : command.mounts()) {
                    if (!mount.readOnly()) {
                        ownership.lend(mount.source(), ContainerSpec.USER);
                    }
                }
            }
            return run(name, command, output);
        } finally {
            // Also after an interrupt everything goes; the interrupt is then on its way as an exception.
            boolean interrupted = Thread.interrupted();
            engine.containers().remove(name);
            engine.networks().remove(name);
            ownership.takeBack();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private SandboxResult run(String name, SandboxCommand command, StepOutput output) throws InterruptedException {
        engine.containers().create(spec(name, command));
        var tooMuch = new AtomicBoolean();
        var kept = new HeadAndTail(output, command.limits().outputBytes(), command.secrets(), () -> {
            tooMuch.set(true);
            Thread.ofVirtual().start(() -> kill(name));
        });
        long start = System.nanoTime();
        try (var attached = engine.containers().attach(name, kept::take)) {
            engine.containers().start(name);
            var ended = untilEnd(name, attached, command.limits().timeout());
            boolean timedOut = ended.isEmpty();
            if (timedOut) {
                engine.containers().signal(name, "KILL");
                ended = engine.containers().await(name, LAST_WORDS);
            }
            attached.awaitEnd(LAST_WORDS);
            var duration = Duration.ofNanos(System.nanoTime() - start);
            var exitCode = ended.map(ContainerState::exitCode).orElse(SIGKILL);
            kept.finish();
            var ending = kept.canary() ? Ending.CANARY : ending(ended, timedOut, tooMuch.get());
            return new SandboxResult(exitCode, ending, duration, kept.total());
        } finally {
            kept.finish();
        }
    }

    /** Waits for the container's end, which closes its output; now and then it looks whether the engine missed it. */
    private Optional<ContainerState> untilEnd(String name, AttachedOutput attached, Duration most)
            throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        for (long left = most.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            if (attached.awaitEnd(Duration.ofNanos(Math.min(left, LOOK.toNanos())))) {
                return engine.containers().await(name, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            var state = engine.containers().inspect(name);
            if (state.isPresent() && !state.get().running()) {
                return state;
            }
        }
        return Optional.empty();
    }

    private void kill(String name) {
        try {
            engine.containers().signal(name, "KILL");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UserError e) {
            // It has ended by itself; otherwise the time limit holds.
        }
    }

    private static Ending ending(Optional<ContainerState> state, boolean timedOut, boolean tooMuch) {
        if (tooMuch) {
            return Ending.OUTPUT_LIMIT;
        }
        if (timedOut || state.isEmpty()) {
            return Ending.TIMED_OUT;
        }
        int exitCode = state.get().exitCode();
        // Podman under cgroups 1 does not say so, but who else kills in there without having been asked?
        if (exitCode == SIGKILL || (state.get().outOfMemory() && exitCode != 0)) {
            return Ending.OUT_OF_MEMORY;
        }
        return exitCode > 128 && exitCode < 128 + 65 ? Ending.KILLED : Ending.EXITED;
    }

    private ContainerSpec spec(String name, SandboxCommand command) throws InterruptedException {
        var limits = command.limits();
        var labels = SANDBOX.and(Labels.RUN, run).and(OWNER, invoker.process());
        var spec = ContainerSpec.builder(name, toolchain, labels)
                .entrypoint(command.argv().getFirst())
                .command(command.argv().subList(1, command.argv().size()))
                .environment(environment(command))
                .user(user() + ":" + (user() == invoker.user() ? invoker.group() : user()))
                .workingDirectory(SandboxCommand.WORKSPACE)
                .mount(new ContainerMount.Bind(command.workspace(), SandboxCommand.WORKSPACE, false))
                .mount(new ContainerMount.Memory("/tmp", Math.max(64, limits.memoryMegabytes() / 2), true))
                .limits(new Limits(limits.memoryMegabytes(), limits.cpus(), limits.processes()));
        if (!command.secrets().isEmpty()) {
            spec.mount(new ContainerMount.Memory(SandboxCommand.SECRETS, 1, false));
        }
        for (var mount : command.mounts()) {
            spec.mount(new ContainerMount.Bind(mount.source(), mount.path(), mount.readOnly()));
        }
        if (engine.rootless() && engine.podman()) {
            spec.keepUser();
        }
        if (command.network() == Network.ALLOWED) {
            engine.networks().ensure(name, false, labels);
            spec.network(Attachment.to(name));
        }
        return spec.build();
    }

    private static Map<String, String> environment(SandboxCommand command) {
        var environment = new LinkedHashMap<>(Map.of("HOME", "/tmp", "LANG", "C.UTF-8", "TZ", "UTC"));
        environment.putAll(command.environment());
        return environment;
    }

    /**
     * Who the command is inside: the invoking user where the files then are theirs outside, which for rootless Docker is
     * root inside; nobody's user where Stepzero runs as root.
     */
    private int user() {
        if (engine.rootless()) {
            return engine.podman() ? invoker.user() : 0;
        }
        return invoker.root() ? ContainerSpec.USER : invoker.user();
    }
}
