package dev.stepzero.cli;

import dev.stepzero.ship.project.ProjectShape;
import dev.stepzero.ship.yaml.JsonSchema;
import java.time.Clock;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of {@code stepzero.yaml}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of stepzero.yaml, with which editors complete and check it.",
        footer = {"", "Example: stepzero schema > stepzero.schema.json"})
final class SchemaCommand implements Runnable {
    private final Terminal terminal;

    SchemaCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.out().print(JsonSchema.print(ProjectShape.shape(), "stepzero.yaml"));
        terminal.out().flush();
    }
}
