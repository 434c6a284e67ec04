package dev.stepzero.cli;

import dev.stepzero.ship.project.ProjectShape;
import dev.stepzero.ship.yaml.JsonSchema;
import dev.stepzero.ship.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Touches what most commands need, while the launcher records the AOT cache; of no use to people. */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Runnable {
    /** What is scanned, by its resource: these hold every fault, and must not be found when Stepzero scans itself. */
    private static final Map<String, String> SCANNED = Map.of(
            "terraform.txt", "main.tf",
            "image.txt", "Dockerfile",
            "kubernetes.txt", "pod.yaml",
            "compose.txt", "compose.yaml",
            "cloudformation.txt", "template.yaml",
            "github.txt", ".github/workflows/build.yml");

    private final Terminal terminal;
    private final Clock clock;

    RehearseCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void run() {
        var commands = new CommandLine(new StepzeroCommand(), new Commands(terminal, clock))
                .setCaseInsensitiveEnumValuesAllowed(true);
        commands.usage(terminal.out());
        commands.getSubcommands().values().forEach(command -> command.usage(terminal.out()));
        YamlFile.read("stepzero.yaml", "app: rehearsal", ProjectShape.shape());
        terminal.out().print(JsonSchema.print(ProjectShape.shape(), "rehearsal"));
        dev.stepzero.ship.Rehearsal.run(clock);
        scan(commands);
    }

    /** Scans a little of everything, so that readers, rules and reports start as fast as the rest. */
    private static void scan(CommandLine commands) {
        try {
            var directory = Files.createTempDirectory("stepzero-rehearsal");
            for (var sample : SCANNED.entrySet()) {
                var file = directory.resolve(sample.getValue());
                Files.createDirectories(file.getParent());
                try (var text = RehearseCommand.class.getResourceAsStream("rehearsal/" + sample.getKey())) {
                    Files.copy(Objects.requireNonNull(text, sample.getKey()), file);
                }
            }
            commands.execute("scan", directory.toString());
            commands.execute("scan", directory.toString(), "--format", "json", "--quiet");
            try (var all = Files.walk(directory)) {
                for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
