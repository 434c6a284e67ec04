package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what went wrong: for what the user can mend without a stack trace, for our own faults with one. */
final class ErrorReport {
    private final Terminal terminal;

    ErrorReport(Terminal terminal) {
        this.terminal = terminal;
    }

    int print(Throwable failure) {
        return switch (failure) {
            case UserError error -> {
                print(error);
                yield error.status().code();
            }
            case InterruptedException e -> {
                terminal.err().println("stepzero: interrupted");
                yield ExitStatus.INTERRUPTED.code();
            }
            default -> {
                terminal.err().println("stepzero: a fault of ours; please report it with these lines:");
                failure.printStackTrace(terminal.err());
                yield ExitStatus.FAULT.code();
            }
        };
    }

    private void print(UserError error) {
        var paint = terminal.paint();
        var where = error.where().map(place -> place + ": ").orElse("");
        terminal.err().println(paint.bad("stepzero: ") + where + error.what());
        error.fix().ifPresent(fix -> terminal.err().println("  " + paint.strong("to mend it: ") + fix));
        terminal.err().flush();
    }

    int printUsage(ParameterException failure) {
        terminal.err().println("stepzero: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, terminal.err())) {
            terminal.err()
                    .println("  see: %s --help"
                            .formatted(failure.getCommandLine().getCommandSpec().qualifiedName()));
        }
        terminal.err().flush();
        return ExitStatus.USAGE.code();
    }
}
