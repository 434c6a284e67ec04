package dev.stepzero.cli;

import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Waiver;
import dev.stepzero.scan.sarif.SarifInput;
import dev.stepzero.scan.sarif.SarifScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What other tools found, out of files in SARIF and standard input, which is put aside as it is read twice. */
final class ToolResults implements AutoCloseable {
    static final String NAME = "sarif";

    private static final String PIPE = "-";
    private static final long MOST_BYTES = (1L << 30) + 1;

    private final List<SarifInput> inputs = new ArrayList<>();
    private final List<Path> temporary = new ArrayList<>();

    private ToolResults() {}

    static ToolResults of(List<String> files, InputStream pipe) {
        var results = new ToolResults();
        for (var file : files) {
            results.inputs.add(file.equals(PIPE) ? results.aside(pipe) : SarifInput.of(Path.of(file)));
        }
        return results;
    }

    /** Whether a waiver names a rule as results of other tools do: it may be idle where none are taken. */
    static boolean isAbout(Waiver waiver) {
        return waiver.rule().contains(":");
    }

    private SarifInput aside(InputStream pipe) {
        try {
            var file = Files.createTempFile("stepzero-", ".sarif");
            temporary.add(file);
            try (var out = Files.newOutputStream(file)) {
                var buffer = new byte[1 << 16];
                long size = 0;
                for (int read = pipe.read(buffer); read >= 0 && size < MOST_BYTES; read = pipe.read(buffer)) {
                    out.write(buffer, 0, read);
                    size += read;
                }
            }
            return new SarifInput(file, "standard input");
        } catch (IOException e) {
            close();
            throw UserError.unreadable("standard input cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    /** The findings, on a tree, or where there is none at their own places. */
    ScanReport on(Optional<ScannedPlace> place, Clock clock) throws InterruptedException {
        if (inputs.isEmpty()) {
            return ScanReport.EMPTY;
        }
        var prefix = place.map(ScannedPlace::prefix).orElse("");
        var scanner = new SarifScanner(inputs, List.of(), prefix, clock);
        return place.isPresent()
                ? scanner.scan(new Subject.SourceTree("", place.get().directory()))
                : scanner.scan(new Subject.BillOfMaterials("", Path.of(""), Optional.empty(), Optional.empty()));
    }

    @Override
    public void close() {
        for (var file : temporary) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
