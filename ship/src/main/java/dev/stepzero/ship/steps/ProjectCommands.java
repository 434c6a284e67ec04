package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.project.BuildPlan;
import dev.stepzero.ship.sandbox.ContainerSandbox;
import dev.stepzero.ship.sandbox.ProcessSandbox;
import dev.stepzero.ship.sandbox.Sandbox;
import dev.stepzero.ship.sandbox.SandboxCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a project's own commands, each in a fresh copy of the sources and in the best isolation that is there. */
public final class ProjectCommands {
    private static final String CACHE_PLACEHOLDER = "{cache}";
    private static final String CACHE = "/cache";
    private static final String JDK = "/opt/jdk";
    private static final Path TRUST = Path.of("/etc/ssl/certs");
    private static final double CPUS = Runtime.getRuntime().availableProcessors();
    private static final int PROCESSES = 2048;
    private static final long OUTPUT_BYTES = 64L << 20;

    private final BuildPlan plan;
    private final Commit commit;
    private final Home home;
    private final Path dependencies;
    private final Optional<ContainerEngine> engine;
    private final Map<String, String> environment;

    /**
     * Commands of one project at one commit.
     *
     * @param dependencies the directory with what the project's builds need, which is theirs alone
     * @param engine where they run; empty: as plain processes
     * @param environment Stepzero's own variables, of which plain processes get the search path
     */
    public ProjectCommands(
            Path dependencies,
            BuildPlan plan,
            Commit commit,
            Home home,
            Optional<ContainerEngine> engine,
            Map<String, String> environment) {
        this.dependencies = dependencies;
        this.plan = plan;
        this.commit = commit;
        this.home = home;
        this.engine = engine;
        this.environment = Map.copyOf(environment);
    }

    /**
     * A command as a step asks for it.
     *
     * @param name also the name of its copy of the sources
     * @param script for a POSIX shell
     * @param network whether it may reach the network
     * @param fillsCache whether it may change the cache
     * @param after the command whose files it goes on with, in a copy; empty: it begins with the sources
     * @param secrets what it may know
     */
    public record Request(
            String name,
            String script,
            boolean network,
            boolean fillsCache,
            Duration timeout,
            int memoryMegabytes,
            String after,
            List<SandboxCommand.Secret> secrets) {
        private static final Duration TIMEOUT = Duration.ofMinutes(10);
        private static final int MEMORY = 3072;

        static Request of(String name, String script) {
            return new Request(name, script, false, false, TIMEOUT, MEMORY, "", List.of());
        }

        Request network(boolean allowed) {
            return new Request(name, script, allowed, fillsCache, timeout, memoryMegabytes, after, secrets);
        }

        Request fillingCache() {
            return new Request(name, script, network, true, timeout, memoryMegabytes, after, secrets);
        }

        Request within(Duration most) {
            return new Request(name, script, network, fillsCache, most, memoryMegabytes, after, secrets);
        }

        Request memory(int megabytes) {
            return new Request(name, script, network, fillsCache, timeout, megabytes, after, secrets);
        }

        Request secrets(List<SandboxCommand.Secret> given) {
            return new Request(name, script, network, fillsCache, timeout, memoryMegabytes, after, given);
        }

        Request after(String command) {
            return new Request(name, script, network, fillsCache, timeout, memoryMegabytes, command, secrets);
        }
    }

    /** Where a command ran, and what it answered. */
    public record Finished(Path workspace, int exitCode) {}

    boolean needsImage() {
        return engine.isPresent();
    }

    String describe() {
        return engine.map(ContainerEngine::name).orElse("plain processes");
    }

    /** What is weaker here than in the best sandbox. */
    List<String> weaknesses() throws InterruptedException {
        return engine.isPresent() ? List.of() : processes().weaknesses();
    }

    /**
     * Runs a command in a fresh copy of the sources, or of what another command made of them; its output goes to the
     * step.
     *
     * @throws UserError if it hangs, floods or uses too much
     */
    Finished run(Request request, StepContext context) throws InterruptedException {
        var workspaces = home.workspace(context.run().id());
        var workspace = workspaces.resolve(request.name());
        var start = request.after().isEmpty()
                ? Path.of(context.get(Handover.SOURCES).directory())
                : workspaces.resolve(request.after());
        try {
            DirectoryTree.copy(start, workspace);
            Files.createDirectories(dependencies);
        } catch (IOException e) {
            throw UserError.engine("the sources cannot be copied: " + e.getMessage())
                    .at(workspace.toString())
                    .fix("free some space there, or let the user who runs stepzero write there, and run the same"
                            + " command: it goes on where it was")
                    .because(e);
        }
        var command = command(request, workspace);
        var result = sandbox(context).run(command, context.output());
        return switch (result.ending()) {
            case EXITED, KILLED -> new Finished(workspace, result.exitCode());
            case TIMED_OUT -> throw ended(request, "did not end within " + words(request.timeout()), "timeout");
            case OUT_OF_MEMORY ->
                throw ended(request, "needed more than %d MB".formatted(request.memoryMegabytes()), "memory");
            case CANARY -> throw canary(request);
            case OUTPUT_LIMIT ->
                throw ended(request, "wrote more than %d MB".formatted(OUTPUT_BYTES >> 20), "less output");
        };
    }

    private SandboxCommand command(Request request, Path workspace) {
        var script = request.script().replace(CACHE_PLACEHOLDER, CACHE);
        var command = SandboxCommand.builder(workspace, List.of("/bin/sh", "-euc", script))
                .environment(variables())
                .secrets(request.secrets())
                .readOnly(Path.of(System.getProperty("java.home")), JDK)
                .network(request.network() ? SandboxCommand.Network.ALLOWED : SandboxCommand.Network.NONE)
                .limits(new SandboxCommand.Limits(
                        request.timeout(), request.memoryMegabytes(), CPUS, PROCESSES, OUTPUT_BYTES));
        if (request.fillsCache()) {
            command.writable(dependencies, CACHE);
        } else {
            command.readOnly(dependencies, CACHE);
        }
        if (engine.isPresent() && Files.isDirectory(TRUST)) {
            // The certificate authorities that this host trusts, for a JDK or a tool that looks for them there.
            command.readOnly(TRUST, TRUST.toString());
        }
        return command.build();
    }

    private Sandbox sandbox(StepContext context) throws InterruptedException {
        if (engine.isEmpty()) {
            return processes();
        }
        var toolchain = Digest.parse(context.get(Handover.TOOLCHAIN).image());
        var image = engine.get().images().load(home.registry(), toolchain);
        return ContainerSandbox.open(
                engine.get(), image, Long.toString(context.run().id()));
    }

    private ProcessSandbox processes() throws InterruptedException {
        return ProcessSandbox.open(environment, boxes(), List.of(Home.ofUser(environment)));
    }

    /** A directory that every user may pass through and only we may write to, which a home directory is not. */
    private static Path boxes() {
        var user = System.getProperty("user.name");
        var boxes = Path.of(System.getProperty("java.io.tmpdir"), "stepzero-" + user);
        try {
            if (!Files.isDirectory(boxes, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        boxes, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            }
            if (!Files.getOwner(boxes, LinkOption.NOFOLLOW_LINKS).getName().equals(user)) {
                throw UserError.engine("the directory belongs to somebody else")
                        .at(boxes.toString())
                        .fix("have it removed, or set TMPDIR to a directory of yours");
            }
            return boxes;
        } catch (IOException e) {
            throw UserError.engine("no working directory can be made: " + e.getMessage())
                    .at(boxes.toString())
                    .because(e);
        }
    }

    private Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        plan.variables().forEach((name, value) -> variables.put(name, value.replace(CACHE_PLACEHOLDER, CACHE)));
        variables.put("CI", "true");
        variables.put("JAVA_HOME", JDK);
        variables.put("STEPZERO_COMMIT", commit.id());
        variables.put(
                "STEPZERO_COMMIT_TIME",
                commit.time().truncatedTo(ChronoUnit.SECONDS).toString());
        return variables;
    }

    private static UserError canary(Request request) {
        return UserError.blocked("'%s' wrote out a canary, a secret that nothing may show, and was killed"
                        .formatted(request.name()))
                .fix("take what read its files or variables for an intruder, and rotate the secrets of this step");
    }

    private static UserError ended(Request request, String what, String key) {
        return UserError.blocked("'%s' %s and was killed".formatted(request.name(), what))
                .fix(
                        key.equals("less output")
                                ? "let it write less"
                                : "make it faster or smaller, or raise '%s' in stepzero.yaml".formatted(key));
    }

    private static String words(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }
}
