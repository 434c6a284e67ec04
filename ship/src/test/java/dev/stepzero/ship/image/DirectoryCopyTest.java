package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCopyTest {
    @TempDir
    Path directory;

    @Test
    void filesLinksAndWhoMayExecuteAreTaken() throws Exception {
        var program = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("serve"), "#!");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(directory.resolve("start"), Path.of("bin/serve"));
        var tree = new FileTree();

        new DirectoryCopy(directory).addTo(tree);

        assertThat(tree.find("app/bin/serve"))
                .contains(new FileTree.Node.Regular(0755, new FileTree.Content.OnDisk(program)));
        assertThat(tree.find("app/start")).contains(new FileTree.Node.Link("bin/serve"));
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws Exception {
        Files.createSymbolicLink(directory.resolve("up"), Path.of("../../etc/passwd"));

        assertThatThrownBy(() -> new DirectoryCopy(directory).addTo(new FileTree()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("leads out");
    }
}
