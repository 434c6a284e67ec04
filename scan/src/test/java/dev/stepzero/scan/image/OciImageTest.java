package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciImageTest {
    @TempDir
    Path directory;

    private final ImageComposer composer = new ImageComposer()
            .config("Env", List.of("PATH=/usr/bin"))
            .config("Entrypoint", List.of("/app/run"))
            .config("Labels", Map.of("a", "b"))
            .gzip(new LayerTar().directory("etc", 0755).file("./etc/passwd", 0644, "root:x:0:0::/:/bin/sh\n"))
            .step("USER 10001")
            .zstd(new LayerTar().file("app/run", 04755, "#!"))
            .plain(new LayerTar().file("/app/data", 0600, "data"));

    private static List<String> read(OciImage image) throws InterruptedException {
        var seen = new ArrayList<String>();
        image.forEachEntry((entry, content) -> seen.add(entry.layer() + " " + entry.kind() + " " + entry.path() + " "
                + Integer.toOctalString(entry.mode()) + " "
                + new String(content.readAllBytes(), StandardCharsets.UTF_8).strip()));
        return seen;
    }

    private static final List<String> CONTENT = List.of(
            "0 DIRECTORY /etc 755 ",
            "0 FILE /etc/passwd 644 root:x:0:0::/:/bin/sh",
            "1 FILE /app/run 4755 #!",
            "2 FILE /app/data 600 data");

    @Test
    void entriesOfALayoutComeLayerByLayerWhateverTheirCompression() throws Exception {
        var digest = composer.layout(directory);

        var image = OciImage.open(directory, digest);

        assertThat(read(image)).isEqualTo(CONTENT);
    }

    @Test
    void anOciArchiveIsReadInPlace() throws Exception {
        var digest = composer.layout(directory.resolve("layout"));
        ImageComposer.archive(directory.resolve("layout"), directory.resolve("image.tar"));

        var image = OciImage.open(directory.resolve("image.tar"), digest);

        assertThat(read(image)).isEqualTo(CONTENT);
    }

    @Test
    void aDockerSaveArchiveIsKnownByItsImageId() throws Exception {
        var id = composer.dockerSave(directory.resolve("image.tar"));

        var image = OciImage.open(directory.resolve("image.tar"), id);

        assertThat(read(image)).isEqualTo(CONTENT);
        assertThat(image.digest()).isEqualTo(id);
    }

    @Test
    void theConfigurationAndTheInstructionOfEachLayerAreKnown() {
        var digest = composer.layout(directory);

        var image = OciImage.open(directory, digest);

        assertThat(image.config().user()).isEqualTo("10001:10001");
        assertThat(image.config().environment()).containsExactly("PATH=/usr/bin");
        assertThat(image.config().entrypoint()).containsExactly("/app/run");
        assertThat(image.config().labels()).containsEntry("a", "b");
        assertThat(image.config().created()).isPresent();
        assertThat(image.layers())
                .extracting(Layer::instruction)
                .containsExactly(Optional.of("COPY layer 0"), Optional.of("COPY layer 1"), Optional.of("COPY layer 2"));
    }

    @Test
    void readingALayerMeasuresIt() throws Exception {
        var digest = composer.layout(directory);

        var measured = OciImage.open(directory, digest).forEachEntry((entry, content) -> {});

        assertThat(measured).extracting(Layer.Measured::entries).containsExactly(2, 1, 1);
        assertThat(measured.get(2).uncompressedBytes())
                .isEqualTo(measured.get(2).layer().compressedBytes());
        assertThat(measured.get(0).uncompressedBytes())
                .isGreaterThan(measured.get(0).layer().compressedBytes());
    }

    @Test
    void aChangedByteInAnyDocumentOrLayerIsNoticed() throws Exception {
        var digest = composer.layout(directory);
        for (var blob : blobs(directory)) {
            var content = Files.readAllBytes(blob);
            var changed = content.clone();
            changed[changed.length - 1] ^= 1;
            Files.write(blob, changed);

            assertThatThrownBy(() -> read(OciImage.open(directory, digest)))
                    .as(blob.toString())
                    .isInstanceOf(UserError.class);
            Files.write(blob, content);
        }
    }

    @Test
    void aChangedByteInASavedLayerIsNoticed() throws Exception {
        var archive = directory.resolve("image.tar");
        var id = composer.dockerSave(archive);
        var content = Files.readString(archive, StandardCharsets.ISO_8859_1);
        Files.writeString(archive, content.replace("root:x:0", "root:x:1"), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(OciImage.open(archive, id)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not what its digest promises");
    }

    @Test
    void anAbsentImageIsSaidPlainly() {
        var nothing = Digest.of(new byte[0]);
        composer.layout(directory);

        assertThatThrownBy(() -> OciImage.open(directory.resolve("none"), nothing))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no image");
        assertThatThrownBy(() -> OciImage.open(directory, nothing))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("lacks manifest");
    }

    @Test
    void anInterruptEndsTheReadingAsAnInterrupt() {
        var digest = composer.layout(directory);
        var image = OciImage.open(directory, digest);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(image)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private static List<Path> blobs(Path layout) throws IOException {
        try (var files = Files.list(layout.resolve("blobs/sha256"))) {
            return files.toList();
        }
    }
}
