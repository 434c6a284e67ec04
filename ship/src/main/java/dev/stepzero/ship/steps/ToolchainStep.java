package dev.stepzero.ship.steps;

import dev.stepzero.core.Home;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.project.BuildPlan;
import java.util.Optional;
import java.util.Set;

/** Prepares what the project's commands run in: an image with a shell and the tools of the build system. */
public final class ToolchainStep implements Step {
    private final BuildPlan plan;
    private final ProjectCommands commands;
    private final ImageBuilders builders;
    private final Home home;

    public ToolchainStep(BuildPlan plan, ProjectCommands commands, ImageBuilders builders, Home home) {
        this.plan = plan;
        this.commands = commands;
        this.builders = builders;
        this.home = home;
    }

    @Override
    public String name() {
        return "toolchain";
    }

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.TOOLCHAIN);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        commands.weaknesses().forEach(context::warn);
        if (!commands.needsImage()) {
            context.give(Handover.TOOLCHAIN, new Handover.Toolchain(""));
            context.summary(commands.describe());
            return;
        }
        var image =
                builders.with(Optional.empty(), context.output()::line).toolchain(plan.toolchain(), home.registry());
        context.give(Handover.TOOLCHAIN, new Handover.Toolchain(image.digest().toString()));
        context.summary("%s, %s"
                .formatted(commands.describe(), Plural.of(image.packages().size(), "package")));
    }
}
