package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.secrets.CommitHook;
import dev.stepzero.scan.secrets.SecretScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has Git ask Stepzero before each commit. */
@Command(
        name = "hook",
        mixinStandardHelpOptions = true,
        description =
                "Has Git look for secrets before each commit. A hook that is there already is kept and goes first;"
                        + " core.hooksPath is honoured.",
        footer = {
            "",
            "Examples:",
            "  stepzero hook install        look before each commit in this repository",
            "  stepzero hook remove         as it was before",
            "  git commit --no-verify       this once without"
        },
        synopsisSubcommandLabel = "COMMAND")
final class HookCommand {
    private final Terminal terminal;

    HookCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = "Writes the hook, and a key by which the team's machines name secrets alike.")
    int install(@Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = ".") Path directory) {
        var hook = CommitHook.of(directory);
        hook.install(launcher());
        terminal.out().println("before each commit, secrets are sought: " + hook.file());
        share(hook.root());
        terminal.out().flush();
        return 0;
    }

    private void share(Path root) {
        try {
            if (SecretScanner.shareNames(root)) {
                terminal.out()
                        .println("commit " + SecretScanner.namesFile()
                                + ": by it, baselines and waivers name secrets alike on every machine");
            }
        } catch (IOException e) {
            throw UserError.unreadable("the key for naming secrets cannot be written: " + e.getMessage())
                    .at(root.toString())
                    .because(e);
        }
    }

    /** The launcher says where it lies; without one, what the path has is used. */
    private String launcher() {
        return terminal.environment().getOrDefault("STEPZERO_LAUNCHER", "stepzero");
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes the hook away.")
    int remove(@Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = ".") Path directory) {
        var hook = CommitHook.of(directory);
        terminal.out()
                .println(hook.remove() ? "the hook is gone: " + hook.file() : "there is no hook of Stepzero here");
        terminal.out().flush();
        return 0;
    }
}
