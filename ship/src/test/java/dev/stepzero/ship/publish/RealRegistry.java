package dev.stepzero.ship.publish;

import static org.assertj.core.api.Assertions.fail;

import dev.stepzero.scan.registry.Credentials;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.store.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Assumptions;

/** Debian's docker-registry on a free port, with its data in a directory of the test. */
record RealRegistry(Process process, int port) implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    static RealRegistry open(Path directory) throws Exception {
        return start(directory, "");
    }

    static RealRegistry withPassword(Path directory, Credentials credentials) throws Exception {
        var salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        var hash = OpenBSDBCrypt.generate("2y", credentials.password().getBytes(StandardCharsets.UTF_8), salt, 4);
        var users = Files.writeString(directory.resolve("users"), credentials.user() + ":" + hash + "\n");
        return start(directory, "auth: {htpasswd: {realm: test, path: " + users + "}}\n");
    }

    private static RealRegistry start(Path directory, String more) throws Exception {
        var there = Files.isExecutable(PROGRAM);
        if (!there && "1".equals(System.getenv("STEPZERO_REQUIRE_ENGINES"))) {
            fail("docker-registry is not installed");
        }
        Assumptions.assumeTrue(there, "docker-registry is not installed");
        var port = FreePort.find(new SecureRandom(), Set.of());
        var config = Files.writeString(
                directory.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """.formatted(directory.resolve("data"), port) + more);
        var process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        var registry = new RealRegistry(process, port);
        registry.awaitUp();
        return registry;
    }

    private void awaitUp() throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        close();
        fail("docker-registry does not come up");
    }

    Reference repository(String name) {
        return Reference.parse("127.0.0.1:" + port + "/" + name);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
