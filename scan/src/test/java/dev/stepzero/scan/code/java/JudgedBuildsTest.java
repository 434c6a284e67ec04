package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a pipeline what was built is judged, and the findings stand at the lines of the commit's files. */
class JudgedBuildsTest {
    private static final String BILL = "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"components\": []}";

    @TempDir
    private Path directory;

    private Path classes() {
        return new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling("sql.execute(request.getParameter(\"a\"));"))
                .compiled()
                .classes()
                .resolve("app/Example.class");
    }

    private Path archive(String name, Map<String, Path> entries) throws IOException {
        var file = directory.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(Files.readAllBytes(entry.getValue()));
            }
        }
        return file;
    }

    private ScanReport scan(Optional<Path> sources, Path artifact, Path... libraries)
            throws IOException, InterruptedException {
        var bill = Files.writeString(directory.resolve("bill.json"), BILL);
        return new JavaCodeScanner()
                .scan(new Subject.BillOfMaterials(
                        "app", bill, sources, Optional.of(new Subject.Built(artifact, List.of(libraries)))));
    }

    private Path sources() throws IOException {
        var sources = directory.resolve("sources");
        var file = sources.resolve("src/main/java/app/Example.java");
        Files.createDirectories(file.getParent());
        Files.copy(directory.resolve("app/src/main/java/app/Example.java"), file);
        return sources;
    }

    @Test
    void aThinArchiveIsJudgedAtTheLinesOfTheCommit() throws IOException, InterruptedException {
        var archive = archive("app.jar", Map.of("app/Example.class", classes()));

        var findings = scan(Optional.of(sources()), archive).findings();

        assertThat(findings).extracting(Finding::rule).containsExactly("java-sql-injection");
        assertThat(findings.getFirst().location().file()).contains("src/main/java/app/Example.java");
        assertThat(findings.getFirst().location().startLine()).isEqualTo(6);
    }

    @Test
    void aFatArchiveIsJudgedWithoutItsLibraries() throws IOException, InterruptedException {
        var type = classes();
        var library = archive("library.jar", Map.of("lib/Example.class", type));
        var archive = archive(
                "boot.jar", Map.of("BOOT-INF/classes/app/Example.class", type, "BOOT-INF/lib/library.jar", library));

        assertThat(scan(Optional.of(sources()), archive).findings()).hasSize(1);
    }

    @Test
    void aCommentBesideTheCodeHoldsForWhatWasBuilt() throws IOException, InterruptedException {
        var archive = archive("app.jar", Map.of("app/Example.class", classes()));
        var sources = sources();
        var file = sources.resolve("src/main/java/app/Example.java");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"a\"));", "\"a\")); // stepzero:ignore java-sql-injection the operator's own"));

        var report = scan(Optional.of(sources), archive);

        assertThat(report.findings()).isEmpty();
        assertThat(report.suppressed()).hasSize(1);
    }

    @Test
    void whatIsGoneIsSaid() throws IOException, InterruptedException {
        var report = scan(Optional.empty(), directory.resolve("gone.jar"));

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped()).isNotEmpty();
    }

    @Test
    void anArchiveThatIsNoneIsSaid() throws IOException, InterruptedException {
        var broken = Files.writeString(directory.resolve("broken.jar"), "no archive");

        assertThat(scan(Optional.empty(), broken).coverage().skipped()).isNotEmpty();
    }
}
