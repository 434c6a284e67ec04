package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.ship.Rehearsal;
import dev.stepzero.ship.project.ProjectShape;
import dev.stepzero.ship.yaml.JsonSchema;
import dev.stepzero.ship.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Touches what most commands need, while the launcher records the AOT cache; of no use to people. */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
    /** What is scanned, by its resource: these hold every fault, and must not be found when Stepzero scans itself. */
    private static final Map<String, String> SCANNED = Map.ofEntries(
            Map.entry("terraform.txt", "main.tf"),
            Map.entry("image.txt", "Dockerfile"),
            Map.entry("kubernetes.txt", "pod.yaml"),
            Map.entry("compose.txt", "compose.yaml"),
            Map.entry("cloudformation.txt", "template.yaml"),
            Map.entry("github.txt", ".github/workflows/build.yml"),
            Map.entry("python.txt", "app.py"),
            Map.entry("javascript.txt", "app.js"),
            Map.entry("typescript.txt", "app.ts"),
            Map.entry("go.txt", "app.go"));

    /** What a build leaves, to be followed as data flows: a class of ours, which is there anyway. */
    private static final String BUILT = "RehearseCommand.class";

    private final Terminal terminal;
    private final Clock clock;

    RehearseCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var commands = commands(terminal);
        commands.usage(terminal.out());
        commands.getSubcommands().values().forEach(command -> command.usage(terminal.out()));
        YamlFile.read("stepzero.yaml", "app: rehearsal", ProjectShape.shape());
        terminal.out().print(JsonSchema.print(ProjectShape.shape(), "rehearsal"));
        Rehearsal.run(clock);
        var directory = Files.createTempDirectory("stepzero-rehearsal");
        try {
            scan(commands, directory.resolve("scanned"));
            verify(new Home(directory.resolve("home")));
        } finally {
            delete(directory);
        }
        return 0;
    }

    private CommandLine commands(Terminal written) {
        return StepzeroCommand.whole(new Commands(written, clock)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Verifies a release and lists keys in a home of the rehearsal's own: the user's is not touched. */
    private void verify(Home home) throws InterruptedException {
        var image = Rehearsal.release(home, clock);
        var there = commands(terminal.in(Map.of("STEPZERO_HOME", home.root().toString())));
        there.execute("keys");
        there.execute("verify", image);
        there.execute("verify", image, "--format", "json");
    }

    /** Scans a little of everything, so that readers, rules and reports start as fast as the rest. */
    private static void scan(CommandLine commands, Path directory) throws IOException {
        for (var sample : SCANNED.entrySet()) {
            copy("rehearsal/" + sample.getKey(), directory.resolve(sample.getValue()));
        }
        copy(BUILT, directory.resolve("target/classes").resolve(BUILT));
        commands.execute("scan", directory.toString());
        commands.execute("scan", directory.toString(), "--format", "json", "--quiet");
        stage(directory);
        commands.execute("scan", directory.toString(), "--staged");
    }

    private static void copy(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var bytes = RehearseCommand.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(bytes, resource), file);
        }
    }

    /** What waits in a commit hook should start fastest of all. */
    private static void stage(Path directory) {
        try (var git = Git.init().setDirectory(directory.toFile()).call()) {
            git.add().addFilepattern("Dockerfile").call();
            git.commit()
                    .setAuthor("stepzero", "")
                    .setCommitter("stepzero", "")
                    .setMessage("")
                    .setSign(false)
                    .call();
            git.add().addFilepattern(".").call();
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
