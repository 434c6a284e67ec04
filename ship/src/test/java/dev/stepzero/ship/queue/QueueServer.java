package dev.stepzero.ship.queue;

import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A server that executes requests and appends a line to a file for all that it does. Arguments: home, name, file,
 * whether to halt for ever while it deploys.
 */
final class QueueServer {
    private QueueServer() {}

    public static void main(String... arguments) throws Exception {
        var name = arguments[1];
        var file = Path.of(arguments[2]);
        var halts = Boolean.parseBoolean(arguments[3]);
        try (var database = Database.open(Path.of(arguments[0]), Map.of())) {
            var work = QueuedPipeline.of(
                    database.jdbi(), (request, context) -> append(file, name + " verified"), (request, context) -> {
                        append(file, name + " deploys");
                        if (halts) {
                            new CountDownLatch(1).await();
                        }
                        append(file, name + " deployed");
                    });
            var settings = new QueueSettings(name, 2, Duration.ofMillis(100), Duration.ofMillis(500), List.of());
            var queue = new RunQueue(
                    database.dataSource(), new RunJournal(database.jdbi(), Clock.systemUTC()), work, settings);
            queue.start();
            new CountDownLatch(1).await();
        }
    }

    static Process start(Path home, String name, Path file, boolean halts) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                QueueServer.class.getName(),
                home.toString(),
                name,
                file.toString(),
                Boolean.toString(halts));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("log-" + name).toFile())
                .start();
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
