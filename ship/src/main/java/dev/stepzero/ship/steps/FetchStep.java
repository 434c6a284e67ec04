package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.project.BuildPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;

/**
 * Fetches what the build needs, with network and without running a test, so that tests and build need none. It is
 * skipped while the files that decide what is fetched are the same.
 */
public final class FetchStep implements Step {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final Path cache;
    private final BuildPlan plan;
    private final ProjectCommands commands;

    /**
     * The step.
     *
     * @param cache the directory with what the project's builds need, which the commands may fill
     */
    public FetchStep(Path cache, BuildPlan plan, ProjectCommands commands) {
        this.cache = cache;
        this.plan = plan;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.SOURCES, Handover.TOOLCHAIN);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.DEPENDENCIES);
    }

    @Override
    public boolean stillHolds(StepContext context) {
        return Files.isDirectory(Path.of(context.get(Handover.DEPENDENCIES).cache()));
    }

    @Override
    public void run(StepContext context) throws IOException, InterruptedException {
        var mark = cache.resolve("fetched").resolve(key(context));
        Files.createDirectories(mark.resolveSibling(""));
        if (plan.fetch().isEmpty() || Files.exists(mark)) {
            context.summary("dependencies are unchanged");
        } else {
            var finished = commands.run(
                    ProjectCommands.Request.of("fetch", plan.fetch())
                            .network(true)
                            .fillingCache()
                            .within(TIMEOUT),
                    context);
            if (finished.exitCode() != 0) {
                throw UserError.blocked("fetching the dependencies ended with exit code " + finished.exitCode())
                        .fix("see the output above; all of it: stepzero runs %d --output fetch"
                                .formatted(context.run().id()));
            }
            Files.writeString(mark, "");
            context.summary("dependencies fetched");
        }
        context.give(Handover.DEPENDENCIES, new Handover.Dependencies(cache.toString()));
    }

    private String key(StepContext context) throws IOException {
        var source = Path.of(context.get(Handover.SOURCES).directory());
        var digest = Digest.sha256();
        add(digest, plan.fetch() + context.get(Handover.TOOLCHAIN).image());
        try (var files = Files.walk(source)) {
            for (var file : files.filter(this::decides).sorted().toList()) {
                add(digest, source.relativize(file).toString());
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private boolean decides(Path file) {
        return plan.fetchInputs().contains(String.valueOf(file.getFileName())) && Files.isRegularFile(file);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
    }
}
