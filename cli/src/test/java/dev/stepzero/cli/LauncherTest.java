package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./stepzero} on machines without the right JDK. */
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("..", "stepzero").toAbsolutePath().normalize();

    @TempDir
    Path machine;

    @Test
    void aMachineWithoutJavaIsToldWhatToInstall() throws Exception {
        var answer = launch(machine.resolve("nothing"));

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.text())
                .contains("no Java was found")
                .contains("JDK 25")
                .contains("JAVA_HOME");
        assertThat(answer.text().lines()).hasSize(1);
    }

    @Test
    void anOldJavaIsNamedWithItsVersionAndPlace() throws Exception {
        var old = jdk("17.0.15");

        var answer = launch(old);

        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.text()).contains("Java 25 or later is needed").contains("17 (" + old + ")");
        assertThat(answer.text().lines()).hasSize(1);
    }

    private Path jdk(String version) throws IOException {
        var home = machine.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"%n".formatted(version));
        for (var program : new String[] {"java", "javac"}) {
            Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
            Files.setPosixFilePermissions(
                    home.resolve("bin").resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return home;
    }

    private record Answer(int exitCode, String text) {}

    private Answer launch(Path onlyJdk) throws Exception {
        var tools = Files.createDirectories(machine.resolve("tools"));
        for (var tool : new String[] {"sh", "sed", "head", "grep", "readlink", "dirname", "uname"}) {
            var real = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
        }
        var builder = new ProcessBuilder(SCRIPT.toString(), "--help").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", tools.toString(),
                        "HOME", machine.toString(),
                        "STEPZERO_JDK_FOLDERS", onlyJdk.toString()));
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
