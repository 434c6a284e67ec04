package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code stepzero scan} makes of images. */
class ScanImageTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        var environment = Map.of("HOME", directory.toString());
        var terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, false, 100, environment);
        return Main.run(terminal, new Commands(terminal, CLOCK), words);
    }

    @BeforeEach
    void save() throws IOException {
        var layer = tar(Map.of(
                "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n",
                "var/lib/dpkg/status", "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n",
                "app/node_modules/a/package.json", "{\"name\": \"a\", \"version\": \"1.0.0\"}",
                "app/node_modules/b/package.json", "{broken"));
        var config = """
                {"architecture": "amd64", "os": "linux", "created": "2026-11-20T10:00:00Z", "config": {},
                 "rootfs": {"diff_ids": ["%s"]}}""".formatted(Digest.of(layer));
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("layer.tar", layer);
        parts.put("config.json", config.getBytes(StandardCharsets.UTF_8));
        parts.put(
                "manifest.json",
                "[{\"Config\": \"config.json\", \"Layers\": [\"layer.tar\"]}]".getBytes(StandardCharsets.UTF_8));
        Files.write(directory.resolve("saved.tar"), tarOf(parts));
    }

    private static byte[] tar(Map<String, String> files) throws IOException {
        var bytes = new LinkedHashMap<String, byte[]>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return tarOf(bytes);
    }

    private static byte[] tarOf(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aSavedImageIsToldFromSourcesByItsContent() {
        int exitCode = run("scan", directory.resolve("saved.tar").toString(), "--format", "json");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).contains("\"image-user-root\"", "\"image:config/user\"");
        assertThat(err.toString()).contains("debian 12; 2 packages: 1 deb, 1 npm");
    }

    @Test
    void oneOfTheTwoPartsCanBeLeftOut() {
        int exitCode = run("scan", "archive:" + directory.resolve("saved.tar"), "--only", "packages");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).doesNotContain("image-user-root");
        assertThat(run("scan", "archive:" + directory.resolve("saved.tar"), "--only", "iac"))
                .isEqualTo(2);
    }

    @Test
    void thePackagesOfARootFileSystemAreFound() throws Exception {
        Files.createDirectories(directory.resolve("root/app/node_modules/c"));
        Files.writeString(
                directory.resolve("root/app/node_modules/c/package.json"), "{\"name\": \"c\", \"version\": \"1.0.0\"}");

        assertThat(run("scan", "rootfs:" + directory.resolve("root"))).isZero();
        assertThat(err.toString()).contains("no distribution; 1 package: 1 npm");
    }

    @Test
    void whatIsNeitherAPathNorAnImageIsSaid() {
        assertThat(run("scan", directory.resolve("none").toString())).isEqualTo(3);
        assertThat(run("scan", "Not An Image")).isEqualTo(3);
        assertThat(run("scan", "oci:" + directory.resolve("none"))).isEqualTo(3);
        assertThat(err.toString()).contains("there is no such file or directory", "there is no image");
    }

    @Test
    void aRegistryThatIsNotThereIsAnEngineThatIsMissing() {
        assertThat(run("scan", "127.0.0.1:1/team/app:1.0")).isEqualTo(4);
        assertThat(err.toString()).contains("cannot be reached");
    }

    @Test
    void theHelpTellsHowAnImageIsWritten() {
        run("scan", "--help");

        assertThat(out.toString()).contains("An existing path wins", "docker-daemon:NAME");
    }
}
