package dev.stepzero.scan.sarif;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A tree, and what a tool wrote about it. */
abstract class SarifSpecification {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    /** Where the tool may have seen the tree, and what the tree is called in its repository. */
    String prefix = "";

    final Path write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    final Path write(String path, byte[] content) {
        try {
            var file = directory.resolve("tree").resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One run of a tool, with results and, where they are needed, further properties of the run. */
    static String run(String tool, String rules, String results, String... more) {
        return """
                {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{%s
                  "results": [%s],
                  "tool": {"driver": {"name": "%s", "semanticVersion": "1.2.3", "rules": [%s]}}}]}
                """.formatted(String.join("", more), results, tool, rules);
    }

    /** A result at a line of {@code src/a.py}. */
    static String result(String rule, int line, String... more) {
        return """
                {"ruleId": "%s", "message": {"text": "it is bad"}, "locations": [{"physicalLocation":
                  {"artifactLocation": {"uri": "src/a.py", "uriBaseId": "%%SRCROOT%%"}, "region": {"startLine": %d}}}]%s}
                """.formatted(rule, line, more.length == 0 ? "" : ", " + String.join(", ", more));
    }

    final ScanReport scan(String sarif) {
        return scan(sarif.getBytes(StandardCharsets.UTF_8));
    }

    final ScanReport scan(byte[] sarif) {
        try {
            var tree = Files.createDirectories(directory.resolve("tree"));
            var file = Files.write(directory.resolve("results.sarif"), sarif);
            var input = new SarifInput(file, "results.sarif");
            return new SarifScanner(List.of(input), List.of("/workspace"), prefix, CLOCK)
                    .scan(new Subject.SourceTree("app", tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    final Finding only(String sarif) {
        var findings = scan(sarif).findings();
        if (findings.size() != 1) {
            throw new AssertionError("not one finding but " + findings);
        }
        return findings.getFirst();
    }
}
