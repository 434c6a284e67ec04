package dev.stepzero.cli;

import dev.stepzero.govern.report.ReportFormat;
import dev.stepzero.govern.report.ScanResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How and where a scan says what it found. */
final class ReportChoice {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table, json, sarif, junit or html; or a bill of materials: cyclonedx, spdx or spdx3. Default: what the"
                            + " output's name promises, else table.")
    private @Nullable ScanFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the report to a file.")
    private @Nullable Path output;

    @Option(names = "--show-undecided", description = "List what could not be decided, and what would decide it.")
    private boolean showUndecided;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the report and errors only.")
    private boolean quiet;

    ScanFormat format() {
        if (format != null) {
            return format;
        }
        return output == null ? ScanFormat.TABLE : ScanFormat.promised(output);
    }

    /** Whether people read it in the terminal: what else there is to say may follow it. */
    boolean isRead() {
        return output == null && format() == ScanFormat.TABLE;
    }

    void print(ScanResult result, Terminal terminal) {
        if (output == null) {
            var report = format().report();
            ReportOutput.print(result, report, terminal.screen(showUndecided), terminal);
            if (report != ReportFormat.TABLE) {
                result.reasons().forEach(reason -> say(reason, terminal));
            }
            return;
        }
        ReportOutput.write(result, format().report(), output);
        result.reasons().forEach(reason -> say(reason, terminal));
        say("%d open findings; the report is in %s".formatted(result.open(), output), terminal);
    }

    /** Prints one line where there is nothing else to say to people: nobody reads a page at each commit. */
    void printOfChange(ScanResult result, Terminal terminal) {
        var coverage = result.coverage();
        boolean hasNothingToSay = result.findings().isEmpty()
                && coverage.skipped().isEmpty()
                && coverage.notes().isEmpty()
                && result.reasons().isEmpty();
        if (isRead() && hasNothingToSay) {
            int files = coverage.files();
            say("no secret in %d staged %s".formatted(files, files == 1 ? "file" : "files"), terminal);
        } else {
            print(result, terminal);
        }
    }

    void printBill(String document, Terminal terminal) {
        if (output == null) {
            terminal.out().print(document);
            terminal.out().flush();
        } else {
            ReportOutput.write(out -> out.write(document), output);
            say("the bill of materials is in " + output, terminal);
        }
    }

    void say(String message, Terminal terminal) {
        if (!quiet) {
            terminal.err().println(message);
        }
    }
}
