package dev.stepzero.scan.secrets;

import static dev.stepzero.scan.secrets.Trees.made;
import static dev.stepzero.scan.secrets.Trees.scan;
import static dev.stepzero.scan.secrets.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
            "password=", "eyJ", "eyJa.eyJ", "-----BEGIN ", "curl -u ", "https://a:", "key:key:", "AAAAAAAAAA"
        }) {
            var bytes = part.repeat((1 << 20) / part.length()).getBytes(StandardCharsets.ISO_8859_1);

            var result = search.search(bytes, bytes.length, Setting.nowhere());

            assertThat(result.hits()).as(part).hasSizeLessThan(20);
        }
    }

    @Test
    void aSearchThatTakesTooLongStopsAndSaysSo() {
        var time = new long[1];
        var search = new SecretSearch(new SecretKinds(SecretRulebook.builtIn()), () -> time[0] += 2_000_000_000L);
        var bytes = "secret=a ".repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(search.search(bytes, bytes.length, Setting.nowhere()).whole())
                .isFalse();
    }
}
