package dev.stepzero.cli;

import dev.stepzero.ship.project.ProjectShape;
import dev.stepzero.ship.yaml.JsonSchema;
import dev.stepzero.ship.yaml.YamlFile;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Touches what most commands need, while the launcher records the AOT cache; of no use to people. */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Runnable {
    private final Terminal terminal;
    private final Clock clock;

    RehearseCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void run() {
        var commands = new CommandLine(new StepzeroCommand(), new Commands(terminal, clock));
        commands.usage(terminal.out());
        commands.getSubcommands().values().forEach(command -> command.usage(terminal.out()));
        YamlFile.read("stepzero.yaml", "app: rehearsal", ProjectShape.shape());
        terminal.out().print(JsonSchema.print(ProjectShape.shape(), "rehearsal"));
        dev.stepzero.ship.Rehearsal.run(clock);
    }
}
