package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import java.time.Clock;
import picocli.CommandLine;

/** The {@code stepzero} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(System.getenv()), arguments));
    }

    /** Runs one command and answers its exit code. */
    static int run(Terminal terminal, String... arguments) {
        return run(terminal, new Commands(terminal, Clock.systemUTC()), arguments);
    }

    static int run(Terminal terminal, CommandLine.IFactory factory, String... arguments) {
        var errors = new ErrorReport(terminal);
        var commands = StepzeroCommand.answering(arguments, factory)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.min(100, terminal.width()))
                .setColorScheme(terminal.helpColours())
                .setExecutionExceptionHandler((failure, _, _) -> errors.print(failure))
                .setParameterExceptionHandler((failure, _) -> errors.printUsage(failure))
                .setExitCodeExceptionMapper(Main::exitCode);
        return commands.execute(arguments);
    }

    private static int exitCode(Throwable failure) {
        return switch (failure) {
            case UserError e -> e.status().code();
            default -> ExitStatus.FAULT.code();
        };
    }
}
