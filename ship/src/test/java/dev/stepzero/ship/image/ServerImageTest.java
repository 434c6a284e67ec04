package dev.stepzero.ship.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerImageTest {
    @TempDir
    Path temporary;

    @Test
    void theLoadBalancerRunsAndHasNoShell() throws Exception {
        var image = TestImages.build(() -> TestImages.warmBuilder().loadBalancer(temporary.resolve("layout")));

        var output = TestImages.runInPodman(image, "--entrypoint=/usr/sbin/haproxy", "IMAGE", "-v");

        assertThat(output).startsWith("HAProxy version");
        assertThat(TestImages.files(image)).doesNotContainKeys("usr/bin/sh", "usr/bin/dash");
    }

    @Test
    void theDatabaseInitialisesItselfWithoutRights() throws Exception {
        var image = TestImages.build(() -> TestImages.warmBuilder().database(temporary.resolve("layout")));

        var output = TestImages.runInPodman(
                image,
                "--tmpfs=/data:mode=1777",
                "--entrypoint=/usr/lib/postgresql/bin/initdb",
                "IMAGE",
                "--pgdata=/data/base",
                "--locale=C.UTF-8");

        assertThat(output).contains("Success. You can now start the database server");
        assertThat(TestImages.files(image).keySet()).noneMatch(path -> path.contains("llvm"));
    }

    @Test
    void aToolchainHasAShellAndTools() throws Exception {
        var image = TestImages.build(() -> TestImages.warmBuilder().toolchain(List.of(), temporary.resolve("layout")));

        var output = TestImages.runInPodman(
                image, "IMAGE", "sh", "-c", "id -u; echo b a | tr ' ' '\\n' | sort | awk '{print NR $1}'");

        assertThat(output.lines()).containsExactly("10001", "1a", "2b");
    }

    @Test
    void aDirectoryBecomesAnApplication() throws Exception {
        var directory = Files.createDirectory(temporary.resolve("application"));
        Files.writeString(directory.resolve("hello.awk"), "BEGIN { print \"hello\" }");
        var application = new DirectoryApplication(
                directory, List.of("mawk"), List.of("/usr/bin/mawk", "-f", "/app/hello.awk"), List.of(), Map.of());

        var image = TestImages.build(() ->
                TestImages.warmBuilder().buildDirectory(application, TestImages.FACTS, temporary.resolve("layout")));

        assertThat(TestImages.runInPodman(image)).isEqualTo("hello\n");
    }
}
