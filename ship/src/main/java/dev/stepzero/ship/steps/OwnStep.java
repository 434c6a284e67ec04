package dev.stepzero.ship.steps;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.project.Project;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A step that the project added to its pipeline. */
public final class OwnStep implements Step {
    private final Project.OwnStep own;
    private final ProjectCommands commands;
    private final RunSecrets secrets;

    /**
     * The step.
     *
     * @param secrets where it gets those that it names
     */
    public OwnStep(Project.OwnStep own, ProjectCommands commands, RunSecrets secrets) {
        this.own = own;
        this.commands = commands;
        this.secrets = secrets;
    }

    /** That a step of the project's own came to its end. */
    public record Done(String step) {}

    /** What the step of this name gives. */
    public static Slot<Done> slot(String name) {
        return new Slot<>("own:" + name, Done.class);
    }

    @Override
    public String name() {
        return own.name();
    }

    @Override
    public Stage stage() {
        return Stage.VERIFY;
    }

    @Override
    public Optional<String> declaredAt() {
        return Optional.of(own.place());
    }

    @Override
    public Set<Slot<?>> needs() {
        var needs = new HashSet<Slot<?>>(Set.of(Handover.SOURCES, Handover.TOOLCHAIN, Handover.DEPENDENCIES));
        own.needs().forEach(name -> needs.add(slot(name)));
        return needs;
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(slot(own.name()));
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var finished = finished(context);
        if (finished.exitCode() != 0) {
            throw UserError.blocked("step '%s' ended with exit code %d".formatted(own.name(), finished.exitCode()))
                    .at(own.place())
                    .fix("see the output above; all of it: stepzero runs %d --output %s"
                            .formatted(context.run().id(), own.name()));
        }
        context.give(slot(own.name()), new Done(own.name()));
    }

    private ProjectCommands.Finished finished(StepContext context) throws InterruptedException {
        try (var issued = secrets.issue(own, context)) {
            return commands.run(
                    ProjectCommands.Request.of(own.name(), own.run())
                            .network(own.network())
                            .within(own.timeout())
                            .secrets(issued.secrets()),
                    context);
        }
    }
}
