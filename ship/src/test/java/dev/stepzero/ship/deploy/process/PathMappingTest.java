package dev.stepzero.ship.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathMappingTest {
    @TempDir
    Path directory;

    private PathMapping mapping;
    private Path root;

    @BeforeEach
    void anImageWithAnApplication() throws Exception {
        root = directory.resolve("rootfs");
        Files.createDirectories(root.resolve("app/lib"));
        Files.createDirectories(root.resolve("opt/java/bin"));
        Files.writeString(root.resolve("app/app.jar"), "");
        mapping = new PathMapping(root, directory.resolve("own"));
    }

    @Test
    void pathsOfTheImageLeadIntoItsRoot() {
        assertThat(mapping.map("/app/app.jar")).isEqualTo(root + "/app/app.jar");
        assertThat(mapping.map("/app/app.jar:/app/lib/*")).isEqualTo(root + "/app/app.jar:" + root + "/app/lib/*");
        assertThat(mapping.map("-Dconfig=/app")).isEqualTo("-Dconfig=" + root + "/app");
        assertThat(mapping.map("@/app/app.jar")).isEqualTo("@" + root + "/app/app.jar");
        assertThat(mapping.map("/opt/java/bin:/usr/bin")).isEqualTo(root + "/opt/java/bin:/usr/bin");
    }

    @Test
    void temporaryFilesGoToTheProcessItself() {
        assertThat(mapping.map("-Djava.io.tmpdir=/tmp")).isEqualTo("-Djava.io.tmpdir=" + directory + "/own");
        assertThat(mapping.map("/tmp/x")).isEqualTo(directory + "/own/x");
        assertThat(mapping.map("/tmpfiles")).isEqualTo("/tmpfiles");
    }

    @Test
    void whatIsNoPathOfTheImageStaysAsItIs() {
        assertThat(mapping.map("https://example.org/app")).isEqualTo("https://example.org/app");
        assertThat(mapping.map("jdbc:postgresql://db/app")).isEqualTo("jdbc:postgresql://db/app");
        assertThat(mapping.map("-Dsource=file:/dev/./urandom")).isEqualTo("-Dsource=file:/dev/./urandom");
        assertThat(mapping.map("/")).isEqualTo("/");
        assertThat(mapping.map("a/app")).isEqualTo("a/app");
        assertThat(mapping.map("/app/../../etc/passwd")).isEqualTo("/app/../../etc/passwd");
        assertThat(mapping.map("/nowhere")).isEqualTo("/nowhere");
    }
}
