package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.govern.report.ReportFormat;
import dev.stepzero.govern.report.ScanResult;
import dev.stepzero.govern.report.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where a report goes: to the terminal, or to a file that is either whole or not there. */
final class ReportOutput {
    private ReportOutput() {}

    /** What writes itself. */
    @FunctionalInterface
    interface Content {
        void write(Writer out) throws IOException;
    }

    static void print(ScanResult result, ReportFormat format, Screen screen, Terminal terminal) {
        try {
            format.write(result, screen, terminal.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(ScanResult result, ReportFormat format, Path file) {
        write(out -> format.write(result, Screen.PLAIN, out), file);
    }

    static void write(Content content, Path file) {
        var target = file.toAbsolutePath();
        var unfinished = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            if (Files.exists(target) && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
                writeInto(content, target);
                return;
            }
            try (var out = Files.newBufferedWriter(unfinished)) {
                content.write(out);
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw UserError.unreadable("the report cannot be written: " + e.getMessage())
                    .at(file.toString())
                    .fix("name a file in a directory that is there and yours")
                    .because(e);
        }
    }

    /** A device, a pipe or a link is written into: something else in its place would break it for everybody. */
    private static void writeInto(Content content, Path target) throws IOException {
        try (var out =
                Files.newBufferedWriter(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            content.write(out);
        }
    }
}
