package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.govern.json.JsonWriter;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.iac.Infrastructure;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the rules see. */
@Command(
        name = "resources",
        mixinStandardHelpOptions = true,
        description = "Shows the resources that infrastructure code configures, evaluated, as the rules see them.",
        footer = {
            "",
            "A value that cannot be known before apply is {\"$unknown\": \"why\"}.",
            "",
            "Examples:",
            "  stepzero resources infra",
            "  stepzero resources infra --format json"
        })
final class ResourcesCommand implements Callable<Integer> {
    private final Terminal terminal;

    /** The forms of the answer. */
    enum Form {
        TABLE,
        JSON
    }

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "A directory or a file; default: here.")
    private Path path = Path.of(".");

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json; default: table.")
    private Form form = Form.TABLE;

    @Option(names = "--no-ignore", description = "Look also at directories that Git ignores.")
    private boolean noIgnore;

    ResourcesCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Infrastructure infrastructure;
        try (var _ = new CancelOnSignal()) {
            infrastructure = Infrastructure.read(Listing.of(path, noIgnore), List.of());
        }
        try {
            switch (form) {
                case TABLE -> new ResourceTable(terminal).print(infrastructure.configurations());
                case JSON -> json(infrastructure.configurations());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        terminal.out().flush();
        infrastructure.intake().problems().forEach(this::warn);
        return ExitStatus.PASSED.code();
    }

    private void json(List<Configuration> configurations) throws IOException {
        var json = new JsonWriter(terminal.out());
        json.array();
        for (var configuration : configurations) {
            for (var resource : configuration.resources().all()) {
                resource(json, resource);
            }
        }
        json.endArray().end();
    }

    private static void resource(JsonWriter json, Resource resource) throws IOException {
        json.object();
        json.field("kind", resource.kind());
        json.field("address", resource.address());
        json.field("file", resource.position().file());
        json.field("line", resource.position().line());
        json.name("attributes");
        new ValueJson(json).write(resource.attributes());
        json.endObject();
    }

    private void warn(Intake.Problem problem) {
        var place = place(problem.position());
        terminal.err().println("stepzero: " + (place.isEmpty() ? "" : place + ": ") + problem.message());
    }

    static String place(Position position) {
        return position.exists() ? position.file() + ":" + position.line() : position.file();
    }
}
