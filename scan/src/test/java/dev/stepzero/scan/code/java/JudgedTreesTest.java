package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Coverage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees are judged by what their builds left, and the findings stand at the sources' lines. */
class JudgedTreesTest {
    private static final String HARM = "String a = request.getParameter(\"a\");\nsql.execute(\"x\" + a);";

    @TempDir
    private Path directory;

    private JavaProgram program(String body) {
        return new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling(body))
                .compiled();
    }

    @Test
    void aFindingShowsTheWayFromWhereInputComesIn() throws InterruptedException {
        var finding = program(HARM).scan().findings().getFirst();

        assertThat(finding.location().resource()).isEqualTo("app.Example.handle");
        assertThat(finding.location().file()).contains("src/main/java/app/Example.java");
        assertThat(finding.location().startLine()).isEqualTo(7);
        assertThat(finding.related()).extracting(each -> each.startLine()).containsExactly(6, 7);
        assertThat(finding.message())
                .isEqualTo("It becomes part of an SQL statement: a parameter of a request comes in (Example:6), gets to"
                        + " Statement.execute (Example:7)");
        assertThat(finding.cwe()).containsExactly(89);
        assertThat(finding.fix()).isNotEmpty();
    }

    @Test
    void movedLinesChangeNoFingerprint() throws InterruptedException {
        var before = program(HARM).scan().findings().getFirst();
        var after = program("int unused = 1;\n\n" + HARM).scan().findings().getFirst();

        assertThat(after.location().startLine()).isNotEqualTo(before.location().startLine());
        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
    }

    @Test
    void aCommentAcceptsWhatIsAtItsLine() throws InterruptedException {
        var report = program("""
                // stepzero:ignore java-sql-injection only the operator gets here
                sql.execute(request.getParameter("a"));
                // stepzero:ignore java-xss nothing is here
                sql.executeUpdate(request.getParameter("b"));
                """).scan();

        assertThat(report.suppressed()).hasSize(1);
        assertThat(report.findings())
                .extracting(each -> each.rule())
                .containsExactlyInAnyOrder("java-sql-injection", "stepzero-suppression-unused");
    }

    @Test
    void aTreeWithoutClassesSaysSo() throws InterruptedException {
        var program = new JavaProgram(directory.resolve("app")).source(JavaProgram.handling(HARM));

        var report = program.scan();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().notes())
                .containsExactly("Java code was not judged: the tree holds no compiled classes; build first");
    }

    @Test
    void aModuleThatIsNotCompiledIsSaid() throws InterruptedException {
        var program = program(HARM)
                .write(
                        "other/src/main/java/other/Other.java",
                        "package other; class Other {}".getBytes(StandardCharsets.UTF_8));

        var report = program.scan();

        assertThat(report.findings()).hasSize(1);
        assertThat(report.coverage().skipped()).singleElement().satisfies(each -> {
            assertThat(each.path()).isEqualTo("other");
            assertThat(each.reason()).startsWith("other is not compiled");
        });
    }

    @Test
    void classesThatAreOlderThanTheirSourcesAreJudgedAndThatIsSaid() throws InterruptedException, IOException {
        var program = program(HARM);
        var source = directory.resolve("app/src/main/java/app/Example.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        var report = program.scan();

        assertThat(report.findings()).hasSize(1);
        assertThat(report.coverage().skipped())
                .containsExactly(new Coverage.Skipped(
                        ".",
                        "the project was changed after it was compiled: its Java code was judged as it was then; build it"
                                + " again"));
    }

    @Test
    void classesWithoutSourcesAreJudgedAndThatIsSaid() throws InterruptedException, IOException {
        var program = program(HARM);
        Files.delete(directory.resolve("app/src/main/java/app/Example.java"));

        var report = program.scan();

        assertThat(report.findings())
                .singleElement()
                .satisfies(each -> assertThat(each.location().file()).isEmpty());
        assertThat(report.coverage().notes())
                .containsExactly("1 of 1 Java classes have no source in the tree: what is found in them has no file");
    }

    @Test
    void ofAnArchiveOnlyTheProgramsOwnClassesAreJudged() throws InterruptedException, IOException {
        var classes = program(HARM).classes().resolve("app/Example.class");
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("BOOT-INF/classes/app/Example.class"));
            zip.write(Files.readAllBytes(classes));
            zip.putNextEntry(new ZipEntry("BOOT-INF/lib/library.jar"));
            zip.write(new byte[] {'P', 'K', 3, 4});
        }
        var boot = directory.resolve("boot");
        Files.createDirectories(boot.resolve("target"));
        Files.write(boot.resolve("target/app.jar"), bytes.toByteArray());

        var report = new JavaCodeScanner().scan(new dev.stepzero.core.Subject.SourceTree("boot", boot));

        assertThat(report.findings())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.location()).isEqualTo(dev.stepzero.core.Location.of("app.Example.handle")));
    }

    private byte[] example(String body) throws IOException {
        return Files.readAllBytes(program(body).classes().resolve("app/Example.class"));
    }

    @Test
    void ofAClassForSeveralReleasesOfJavaTheOneIsJudgedThatThisJavaLoads() throws InterruptedException, IOException {
        var harmful = example(HARM);
        var safe = program("int nothing;");
        int later = Runtime.version().feature() + 1;

        var newest = safe.write("target/classes/META-INF/versions/11/app/Example.class", harmful)
                .scan();
        var newer = safe.write("target/classes/META-INF/versions/11/app/Example.class", example("int nothing;"))
                .write("target/classes/META-INF/versions/%d/app/Example.class".formatted(later), harmful)
                .write("target/classes/META-INF/versions/9/module-info.class", new byte[0])
                .scan();

        assertThat(newest.findings()).hasSize(1);
        assertThat(newest.coverage().skipped())
                .singleElement()
                .satisfies(each -> assertThat(each.reason())
                        .isEqualTo(
                                "classes for other releases of Java were left out, 1 in all: each was judged as Java %d loads it"
                                        .formatted(later - 1)));
        assertThat(newer.findings()).isEmpty();
        assertThat(newer.coverage().skipped())
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains("left out, 2 in all"));
    }

    @Test
    void anArchiveThatIsNotForSeveralReleasesHidesNothingBehindOne() throws InterruptedException, IOException {
        var harmful = example(HARM);
        var safe = example("int nothing;");

        var single = jar("Manifest-Version: 1.0\n\n", harmful, "META-INF/versions/11/app/Example.class", safe);
        var several = jar(
                "Manifest-Version: 1.0\nMulti-Release: true\n\n",
                harmful,
                "META-INF/versions/11/app/Example.class",
                safe);
        var lying = jar(
                "Manifest-Version: 1.0\nMulti-Release: true\n\n",
                harmful,
                "META-INF/versions/11/app/Other.class",
                safe);

        assertThat(single.findings()).hasSize(1);
        assertThat(several.findings()).isEmpty();
        assertThat(lying.findings()).hasSize(1);
        assertThat(lying.coverage().skipped())
                .containsExactly(
                        new Coverage.Skipped("META-INF/versions/11/app/Other.class", "it is no class of that name"));
    }

    private dev.stepzero.core.ScanReport jar(String manifest, byte[] base, String name, byte[] other)
            throws InterruptedException, IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("app/Example.class"));
            zip.write(base);
            zip.putNextEntry(new ZipEntry(name));
            zip.write(other);
        }
        var tree = directory.resolve("several");
        Files.createDirectories(tree.resolve("target"));
        Files.write(tree.resolve("target/app.jar"), bytes.toByteArray());
        return new JavaCodeScanner().scan(new dev.stepzero.core.Subject.SourceTree("several", tree));
    }
}
