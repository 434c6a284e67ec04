package dev.stepzero.cli;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.vex.Draft;
import dev.stepzero.scan.vulnerabilities.vex.Statement.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes statements on vulnerabilities that do not matter here, or do. */
@Command(
        name = "vex",
        mixinStandardHelpOptions = true,
        description =
                "Writes OpenVEX statements. Scans honour those in .vex/ and in *.openvex.json, and what --vex names.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  stepzero vex draft CVE-2022-42003 pkg:maven/com.fasterxml.jackson.core/jackson-databind \\",
            "    --status not_affected --justification vulnerable_code_not_in_execute_path \\",
            "    --output .vex/app.openvex.json"
        })
final class VexCommand implements Runnable {
    private final Terminal terminal;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    VexCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "name a command: draft");
        }
    }

    @Command(
            name = "draft",
            mixinStandardHelpOptions = true,
            description = "Writes a statement on one vulnerability in one package, to read and to commit. A document"
                    + " that is there gets it as a further one.",
            footer = {
                "",
                "Example:",
                "  stepzero vex draft CVE-2020-11023 pkg:npm/jquery@3.4.1 --status not_affected \\",
                "    --justification vulnerable_code_not_present"
            })
    int draft(
            @Parameters(paramLabel = "ID", description = "The advisory's id, or any of its aliases.") String id,
            @Parameters(
                            paramLabel = "PURL",
                            description = "The package URL, as a finding names it; without a version for all versions.")
                    String purl,
            @Option(
                            names = "--status",
                            required = true,
                            paramLabel = "STATUS",
                            description = "not_affected, affected, fixed or under_investigation.")
                    String status,
            @Option(
                            names = "--justification",
                            paramLabel = "WORD",
                            defaultValue = "",
                            description = "Why it is not affected, in OpenVEX's words.")
                    String justification,
            @Option(
                            names = "--statement",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Why, or for affected ones what to do, in your own words.")
                    String statement,
            @Option(names = "--author", paramLabel = "NAME", description = "Who says so; default: the user's name.")
                    @Nullable
                    String author,
            @Option(names = "--output", paramLabel = "FILE", description = "The document; default: standard output.")
                    @Nullable
                    Path output) {
        var draft = new Draft(id, aliases(id), PackageUrl.parse(purl), status(status), justification, statement);
        var name = author == null ? terminal.environment().getOrDefault("USER", "unknown") : author;
        if (output == null) {
            terminal.out().print(draft.document(name, clock.instant(), Optional.empty()));
            terminal.out().flush();
            return 0;
        }
        try {
            var former = Files.exists(output) ? Optional.of(Files.readString(output)) : Optional.<String>empty();
            var text = draft.document(name, clock.instant(), former);
            var parent = output.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(output, text);
        } catch (IOException e) {
            throw UserError.unreadable("the document cannot be written: " + e.getMessage())
                    .at(output.toString())
                    .fix("name a file in a directory that is yours")
                    .because(e);
        }
        terminal.err().println("the statement is in " + output);
        return 0;
    }

    private static Status status(String word) {
        for (var status : Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        throw UserError.usage("OpenVEX has no status '%s'".formatted(word))
                .fix("use one of not_affected, affected, fixed, under_investigation");
    }

    /** What the database knows the vulnerability by beside this name. */
    private List<String> aliases(String id) {
        var names = new TreeSet<String>();
        try (var database = Database.open(Database.directory(Home.of(terminal.environment())))
                .orElse(null)) {
            if (database != null) {
                for (var head : database.byId(id)) {
                    names.add(head.id());
                    names.addAll(head.aliases());
                }
            }
        }
        names.remove(id);
        return List.copyOf(names);
    }
}
