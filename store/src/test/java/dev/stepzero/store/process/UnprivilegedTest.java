package dev.stepzero.store.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnprivilegedTest {
    @TempDir
    Path home;

    private Unprivileged user;

    @BeforeEach
    void onlyRootBecomesSomebodyElse() throws Exception {
        user = Unprivileged.as(10_001);
        assumeTrue(user.isAnother(), "only root may become another user");
    }

    @Test
    void theProgramIsTheUserAndHasNoCapabilities() throws Exception {
        var output = run(
                Map.of(), List.of(), "id -u; id -g; grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status");

        assertThat(output.lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly("10001", "10001", "CapEff: 0000000000000000", "NoNewPrivs: 1");
    }

    @Test
    void itsEnvironmentIsWhatItWasGiven() throws Exception {
        var output = run(Map.of("GIVEN", "a 'b' \"c\" $d"), List.of(), "echo \"$GIVEN\"; echo \"${HOME-none}\"");

        assertThat(output).isEqualTo("a 'b' \"c\" $d\nnone");
    }

    @Test
    void behindAClosedDirectoryItSeesOnlyWhatItUses() throws Exception {
        var closed = Files.createDirectories(home.resolve("it's closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        var used = Files.createDirectories(closed.resolve("used"));
        Files.writeString(used.resolve("file"), "content");
        Files.writeString(closed.resolve("secret"), "hidden");

        var output = run(Map.of(), List.of(used), "cat \"$0\"/used/file; ls \"$0\"", closed.toString());

        assertThat(output).isEqualTo("contentused");
    }

    @Test
    void aDirectoryOfOursIsPassedThroughAndNotRead() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        var ours = Files.createDirectories(home.resolve("ours"));
        Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(ours.resolve("file"), "content");

        user.admit(ours);

        assertThat(run(Map.of(), List.of(ours), "cat \"$0\"/file; ls \"$0\" || echo closed", ours.toString()))
                .startsWith("content")
                .endsWith("closed");
    }

    @Test
    void aVariableHasNoSayInWhatStillRunsAsRoot() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        var fake = Files.writeString(home.resolve("env"), "#!/bin/sh\necho fooled as $(id -u)\n");
        Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));

        var output = run(Map.of("PATH", home + ":/usr/bin:/bin"), List.of(), "env >/dev/null; env");

        assertThat(output).contains("fooled as 10001").doesNotContain("fooled as 0");
    }

    private String run(Map<String, String> environment, List<Path> uses, String script, String... arguments)
            throws Exception {
        var program = new java.util.ArrayList<>(List.of("sh", "-c", script));
        program.addAll(List.of(arguments));
        return Command.run(user.command(program, environment, uses)).output();
    }
}
