package dev.stepzero.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command in a process of its own, which can be interrupted and killed. Its output is read line by line. */
final class Invocation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BlockingQueue<Optional<String>> incoming = new LinkedBlockingQueue<>();
    private final List<String> read = new ArrayList<>();
    private boolean ended;

    private Invocation(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::receive);
    }

    static Invocation start(Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of(
                // A test that runs in the background would hand down that it ignores Ctrl-C.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                // As the launcher does: the server logs, and commands do not.
                "-Dslf4j.provider="
                        + (List.of(arguments).contains("serve")
                                ? "ch.qos.logback.classic.spi.LogbackServiceProvider"
                                : "org.slf4j.nop.NOPServiceProvider"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Invocation(builder.start());
    }

    private void receive() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                incoming.add(Optional.of(line));
            }
        } catch (IOException e) {
            incoming.add(Optional.of("unreadable: " + e));
        }
        incoming.add(Optional.empty());
    }

    /** Reads on to a line; empty when the output ended without it. */
    Optional<String> await(Predicate<String> wanted) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ended) {
            var next = incoming.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(next).as("a further line after%n%s", text()).isNotNull();
            next.ifPresentOrElse(read::add, () -> ended = true);
            if (next.filter(wanted).isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    void awaitLine(String part) throws InterruptedException {
        assertThat(await(line -> line.contains(part)))
                .as("a line with '%s' in%n%s", part, text())
                .isPresent();
    }

    /** Presses Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    long pid() {
        return process.pid();
    }

    /** Gives it no chance, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() throws InterruptedException {
        await(_ -> false);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    String text() {
        return String.join("\n", read);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
