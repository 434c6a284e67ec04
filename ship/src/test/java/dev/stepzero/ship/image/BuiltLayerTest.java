package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltLayerTest {
    @TempDir
    Path temporary;

    @Test
    void whenAndHowFilesWereMadeDoesNotShow() throws Exception {
        var one = Files.writeString(temporary.resolve("one"), "text");
        var other = Files.writeString(temporary.resolve("other"), "text");
        Files.setLastModifiedTime(other, FileTime.from(Instant.EPOCH));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxrwxrwx"));

        var first = BuiltLayer.write(tree(one), temporary.resolve("first.tar.gz"));
        var second = BuiltLayer.write(tree(other), temporary.resolve("second.tar.gz"));

        assertThat(second.blob()).isEqualTo(first.blob());
        assertThat(second.content()).isEqualTo(first.content());
    }

    @Test
    void theDigestsAreThoseOfTheFileAndOfTheTarInside() throws Exception {
        var layer = BuiltLayer.write(
                tree(Files.writeString(temporary.resolve("file"), "x")), temporary.resolve("layer.tar.gz"));

        try (var gzip = new GZIPInputStream(Files.newInputStream(layer.file()))) {
            assertThat(layer.content()).isEqualTo(Digest.of(gzip.readAllBytes()));
        }
        assertThat(layer.blob()).isEqualTo(Digest.of(Files.readAllBytes(layer.file())));
        assertThat(layer.size()).isEqualTo(Files.size(layer.file()));
    }

    @Test
    void setuidBitsDoNotGetInAndEverythingBelongsToRoot() throws Exception {
        var tree = new FileTree();
        tree.put("bin/su", new FileTree.Node.Regular(06755, new FileTree.Content.Text("")));
        tree.put("tmp", new FileTree.Node.Directory(03777, 0));
        tree.text("a/" + "long".repeat(60) + "/Grüße", "");

        var layer = BuiltLayer.write(tree, temporary.resolve("layer.tar.gz"));

        var entries = new HashMap<String, TarArchiveEntry>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(layer.file())), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), entry);
            }
        }
        assertThat(entries).containsKeys("usr/bin/su", "tmp/", "a/" + "long".repeat(60) + "/Grüße");
        assertThat(entries.get("usr/bin/su")).returns(0755, entry -> entry.getMode() & 07777);
        assertThat(entries.get("tmp/")).returns(01777, entry -> entry.getMode() & 07777);
        assertThat(entries.values()).allSatisfy(entry -> {
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getUserName()).isEmpty();
            assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.from(Instant.ofEpochSecond(1)));
        });
    }

    private static FileTree tree(Path file) {
        var tree = new FileTree();
        tree.file("app/file", file, false);
        tree.link("app/link", "file");
        return tree;
    }
}
