package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stepzero.core.ScanReport;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileContentTest {
    @TempDir
    Path temporary;

    private Path tree;

    @BeforeEach
    void tree() throws Exception {
        tree = Files.createDirectories(temporary.resolve("tree"));
        write(tree, "z.txt", made("secret-npm-token"));
    }

    @Test
    void junkIsNoHindrance() throws Exception {
        var random = new Random(4);
        for (int i = 0; i < 20; i++) {
            var bytes = new byte[5000];
            random.nextBytes(bytes);
            write(tree, "junk" + i, bytes);
        }
        write(tree, "invalid.txt", new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xf0, (byte) 0x90, 'a', (byte) 0xff});
        write(tree, "half.zip", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3});
        write(tree, "odd.utf16", new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});

        assertThat(scan(tree).findings()).hasSize(1);
    }

    @Test
    void linksAreNotFollowedAndLoopsEnd() throws Exception {
        Files.createSymbolicLink(tree.resolve("loop"), tree);
        Files.createSymbolicLink(tree.resolve("out"), Path.of("/etc/passwd"));

        assertThat(scan(tree).findings()).hasSize(1);
    }

    @Test
    void anArchiveThatGrowsTooMuchIsLeftAndSaid() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bomb"));
            var zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) ' ');
            for (int i = 0; i < 64; i++) {
                zip.write(zeros);
            }
        }
        write(tree, "bomb.zip", bytes.toByteArray());

        var report = scan(tree);

        assertThat(report.findings()).hasSize(1);
        assertThat(report.coverage().skipped())
                .anySatisfy(skipped -> assertThat(skipped.reason()).contains("grows beyond"));
    }

    @Test
    void textThatIsFullOfKeywordsEndsInTime() {
        var search = new SecretSearch(new SecretKinds(SecretRulebook.builtIn()), System::nanoTime);
        for (var part : new String[] {
            "password=",
            "eyJ",
            "eyJa.eyJ",
            "-----BEGIN ",
            "curl -u ",
            "https://a:",
            "key:key:",
            "--token -",
            "AAAAAAAAAA"
        }) {
            var bytes = part.repeat((1 << 20) / part.length()).getBytes(StandardCharsets.ISO_8859_1);

            var result = search.search(bytes, bytes.length, Setting.nowhere());

            assertThat(result.hits()).as(part).hasSizeLessThan(20);
        }
    }

    @Test
    void settingsWithinSettingsAreFollowedOnceAndNotTillTheStackEnds() {
        var search = new SecretSearch(new SecretKinds(SecretRulebook.builtIn()), System::nanoTime);
        var bytes = ("token=" + "value=".repeat(500_000)).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(search.search(bytes, bytes.length, Setting.nowhere()).whole())
                .isTrue();
    }

    @Test
    void aSearchThatTakesTooLongStopsAndSaysSo() {
        var time = new long[1];
        var search = new SecretSearch(new SecretKinds(SecretRulebook.builtIn()), () -> time[0] += 2_000_000_000L);
        var bytes = "secret=a ".repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(search.search(bytes, bytes.length, Setting.nowhere()).whole())
                .isFalse();
    }

    private static byte[] zip(String name, byte[] content, int times) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                zip.putNextEntry(new ZipEntry(i + name));
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static void assertSaid(ScanReport report, String reason) {
        assertThat(report.findings()).hasSize(1);
        assertThat(report.coverage().skipped())
                .anySatisfy(skipped -> assertThat(skipped.reason()).contains(reason));
    }

    @Test
    void archivesThatGrowTooMuchTogetherAreLeftAndSaid() throws Exception {
        var spaces = new byte[8 << 20];
        Arrays.fill(spaces, (byte) ' ');
        write(tree, "many.zip", zip(".zip", zip("", spaces, 1), 40));

        var report = scan(tree);

        assertSaid(report, "grows beyond");
        assertThat(report.coverage().skipped()).hasSize(1);
    }

    @Test
    void archivesInArchivesHaveAnEnd() throws Exception {
        var inner = "x".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10; i++) {
            inner = zip(".zip", inner, 1);
        }
        write(tree, "deep.zip", inner);

        assertSaid(scan(tree), "deeper than");
    }

    @Test
    void aNameOfATarMayNotTakeAllMemory() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            var entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            entry.setSize(1L << 30);
            var header = new byte[512];
            entry.writeEntryHeader(header);
            gzip.write(header);
            gzip.write(new byte[3 << 20]);
        }
        write(tree, "name.tar.gz", bytes.toByteArray());

        assertSaid(scan(tree), "header is longer");
    }

    @Test
    void pipesAreNotReadWhereverTheyLie() throws Exception {
        for (var name : new String[] {"pipe", ".gitignore", "a.zip"}) {
            var made = new ProcessBuilder("mkfifo", tree.resolve(name).toString())
                    .redirectErrorStream(true)
                    .start();
            assumeThat(made.waitFor()).as("mkfifo").isZero();
        }
        Files.createDirectories(tree.resolve(".git"));

        assertSaid(scan(tree), "neither a file nor a directory");
    }

    @Test
    void ignoreRulesThatWouldTakeYearsAreLeftOut() throws Exception {
        Files.createDirectories(tree.resolve(".git"));
        write(tree, ".gitignore", "a*a*a*a*a*a*a*a*a*a*a*a*a*b\n" + "**/a/".repeat(30) + "b\n*.log\n");
        write(tree, "a".repeat(200) + "/" + "a/".repeat(60) + "a".repeat(200), "x");
        write(tree, "ignored.log", made("secret-npm-token"));

        assertSaid(scan(tree), "ignores less");
    }

    @Test
    void aLineOfManyWindowsIsSearchedToItsEnd() throws Exception {
        var line = "function a(b){return b.token.key[7]}var secret=a;".repeat(200_000);
        write(tree, "z.txt", line + "x=\"" + made("secret-npm-token") + "\";");

        assertThat(scan(tree).findings()).hasSize(1);
    }
}
