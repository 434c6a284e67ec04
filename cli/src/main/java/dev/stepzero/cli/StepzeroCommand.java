package dev.stepzero.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command of which all others are parts. */
@Command(
        name = "stepzero",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Takes a patch from push to production in minutes, with security as step zero of every stage.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "First steps:",
            "  stepzero ship examples/invoicer     ship the example application",
            "  stepzero scan .                     find what is wrong in infrastructure code",
            "  stepzero environments               see what is running, and who let it in",
            "",
            "Exit codes: 0 nothing blocks, 1 the gate blocks, 2 wrong usage, 3 unreadable input,",
            "4 a needed engine is missing or fails, 70 a fault of ours, 130 interrupted."
        })
final class StepzeroCommand {
    private static final String COMPLETION = "generate-completion";
    /** The commands by their names, in the order in which the help lists them. */
    private static final Map<String, Class<?>> PARTS = parts();

    private static Map<String, Class<?>> parts() {
        var parts = new LinkedHashMap<String, Class<?>>();
        parts.put("ship", ShipCommand.class);
        parts.put("scan", ScanCommand.class);
        parts.put("hook", HookCommand.class);
        parts.put("resources", ResourcesCommand.class);
        parts.put("db", DbCommand.class);
        parts.put("vex", VexCommand.class);
        parts.put("affected", AffectedCommand.class);
        parts.put("rebuild", RebuildCommand.class);
        parts.put("rollback", RollbackCommand.class);
        parts.put("remove", RemoveCommand.class);
        parts.put("verify", VerifyCommand.class);
        parts.put("keys", KeysCommand.class);
        parts.put("secrets", SecretsCommand.class);
        parts.put("findings", FindingsCommand.class);
        parts.put("waivers", WaiversCommand.class);
        parts.put("environments", EnvironmentsCommand.class);
        parts.put("runs", RunsCommand.class);
        parts.put("audit", AuditCommand.class);
        parts.put("serve", ServeCommand.class);
        parts.put("login", LoginCommand.class);
        parts.put("logout", LogoutCommand.class);
        parts.put("rules", RulesCommand.class);
        parts.put("lock", LockCommand.class);
        parts.put("schema", SchemaCommand.class);
        parts.put("rehearse", RehearseCommand.class);
        parts.put(COMPLETION, AutoComplete.GenerateCompletion.class);
        return Collections.unmodifiableMap(parts);
    }

    /** With all commands. */
    static CommandLine whole(CommandLine.IFactory factory) {
        return with(PARTS.keySet(), factory);
    }

    /**
     * With what some words need: the command that the first one names, and all where it names none. To make all of them
     * takes longer than many a command runs.
     */
    static CommandLine answering(String[] words, CommandLine.IFactory factory) {
        var first = words.length == 0 ? "" : words[0];
        if (first.equals("--version")) {
            return with(Set.of(), factory);
        }
        return PARTS.containsKey(first) && !first.equals(COMPLETION) ? with(Set.of(first), factory) : whole(factory);
    }

    private static CommandLine with(Set<String> names, CommandLine.IFactory factory) {
        var commands = new CommandLine(new StepzeroCommand(), factory);
        PARTS.forEach((name, type) -> {
            if (names.contains(name)) {
                commands.addSubcommand(name, new CommandLine(type, factory));
            }
        });
        return commands;
    }
}
