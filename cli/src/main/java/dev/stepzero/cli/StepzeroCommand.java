package dev.stepzero.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** The command of which all others are parts. */
@Command(
        name = "stepzero",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Takes a patch from push to production in minutes, with security as step zero of every stage.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ShipCommand.class,
            ScanCommand.class,
            HookCommand.class,
            ResourcesCommand.class,
            DbCommand.class,
            VexCommand.class,
            AffectedCommand.class,
            RebuildCommand.class,
            RollbackCommand.class,
            RemoveCommand.class,
            VerifyCommand.class,
            KeysCommand.class,
            SecretsCommand.class,
            FindingsCommand.class,
            WaiversCommand.class,
            EnvironmentsCommand.class,
            RunsCommand.class,
            AuditCommand.class,
            ServeCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            RulesCommand.class,
            LockCommand.class,
            SchemaCommand.class,
            RehearseCommand.class,
            AutoComplete.GenerateCompletion.class
        },
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
final class StepzeroCommand {}
