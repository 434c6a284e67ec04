package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackTest {
    @TempDir
    Path directory;

    private Unpacked unpack(LayerTar... layers) throws InterruptedException {
        var composer = new ImageComposer();
        List.of(layers).forEach(composer::gzip);
        var layout = directory.resolve("layout");
        return OciImage.open(layout, composer.layout(layout)).unpack(root());
    }

    private Path root() {
        return directory.resolve("root");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theFinalFileSystemComesOut() throws Exception {
        var unpacked = unpack(
                new LayerTar()
                        .file("app/run", 0755, "old")
                        .file("gone", 0644, "")
                        .link("bin", "app"),
                new LayerTar().file("app/run", 0750, "new").file(".wh.gone", 0, ""));

        assertThat(root().resolve("app/run")).hasContent("new");
        assertThat(mode(root().resolve("app/run"))).isEqualTo("rwxr-x---");
        assertThat(root().resolve("bin/run")).hasContent("new");
        assertThat(root().resolve("gone")).doesNotExist();
        assertThat(unpacked).isEqualTo(new Unpacked(1, 3, List.of()));
    }

    @Test
    void noLinkLeadsOutOfTheDirectory() throws Exception {
        Files.writeString(directory.resolve("outside"), "host");

        var unpacked = unpack(
                new LayerTar()
                        .link("escape", directory.toString())
                        .link("up", "../../outside")
                        .link("etc", "/real")
                        .file("real/x", 0644, "x"),
                new LayerTar().file("etc/y", 0644, "y"));

        assertThat(root().resolve("etc/x")).hasContent("x");
        assertThat(Files.readSymbolicLink(root().resolve("etc"))).isEqualTo(Path.of("real"));
        assertThat(root().resolve("real/y")).hasContent("y");
        assertThat(directory.resolve("outside")).hasContent("host");
        assertThat(unpacked.leftOut()).hasSize(2).allMatch(line -> line.endsWith("is a link to nothing"));
    }

    @Test
    void aFileThroughALinkStaysInside() throws Exception {
        unpack(new LayerTar().link("evil", directory.toString()), new LayerTar().file("evil/owned", 0644, "mine"));

        assertThat(directory.resolve("owned")).doesNotExist();
        assertThat(root().resolve(directory.resolve("owned").toString().substring(1)))
                .hasContent("mine");
    }

    @Test
    void setuidBitsAndDevicesDoNotComeOut() throws Exception {
        var unpacked = unpack(new LayerTar()
                .file("su", 06755, "")
                .special("dev/null", TarConstants.LF_CHR, new byte[0])
                .special("pipe", TarConstants.LF_FIFO, new byte[0])
                .directory("locked", 0));

        assertThat((Integer) Files.getAttribute(root().resolve("su"), "unix:mode") & 07777)
                .isEqualTo(0755);
        assertThat(root().resolve("dev/null")).doesNotExist();
        assertThat(mode(root().resolve("locked"))).isEqualTo("rwx------");
        assertThat(unpacked.leftOut()).hasSize(2);
    }

    @Test
    void hardLinksShareTheirContent() throws Exception {
        unpack(new LayerTar().file("a", 0644, "shared").hardLink("b", "a"));

        assertThat(root().resolve("b")).hasContent("shared");
        assertThat(Files.isSameFile(root().resolve("a"), root().resolve("b"))).isTrue();
    }

    @Test
    void aDirectoryWithContentIsNotTouched() throws Exception {
        Files.createDirectories(root().resolve("mine"));

        assertThatThrownBy(() -> unpack(new LayerTar().file("a", 0, "")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not empty");
        assertThat(root().resolve("a")).doesNotExist();
    }

    @Test
    void nothingIsWrittenOfAnImageWithABrokenLayer() throws Exception {
        var layout = directory.resolve("layout");
        var digest = new ImageComposer()
                .gzip(new LayerTar().file("a", 0644, "a"))
                .plain(new LayerTar().file("b", 0644, "tampered-with"))
                .layout(layout);
        var image = OciImage.open(layout, digest);
        var blob =
                layout.resolve("blobs/sha256/" + image.layers().get(1).digest().hex());
        Files.write(blob, new LayerTar().file("b", 0644, "tampered-WITH").bytes());

        assertThatThrownBy(() -> image.unpack(root())).isInstanceOf(UserError.class);
        assertThat(root()).doesNotExist();
    }
}
