package dev.stepzero.ship.engine;

import dev.stepzero.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A program whose pipeline appends a line to a file when a step begins and when it ends, and halts for ever in the step
 * that it is told. Arguments: home, project, file, the step to halt in or {@code none}.
 */
final class SlowPipeline {
    static final List<String> STEPS = List.of("source", "test", "build", "scan", "push");

    private SlowPipeline() {}

    public static void main(String... arguments) throws Exception {
        var file = Path.of(arguments[2]);
        try (var database = Database.open(Path.of(arguments[0]), Map.of())) {
            var engine = new Engine(
                    new RunJournal(database.jdbi(), Clock.systemUTC()),
                    (subject, name, type, predicate) -> new SignedEvidence(subject, type, "{}"));
            var key = new RunKey(arguments[1], "production", "process", "c0ffee", "p1");
            var result = engine.run(key, new Pipeline(steps(file, arguments[3])), new RunListener() {});
            append(file, "run " + result.run().id() + " " + result.status().label());
        }
    }

    private static List<Step> steps(Path file, String halting) {
        var steps = new ArrayList<Step>();
        for (var name : STEPS) {
            var slot = new Slot<>(name, String.class);
            var step = TestStep.named(name).gives(slot).doing(context -> {
                append(file, "began " + name);
                if (name.equals(halting)) {
                    new CountDownLatch(1).await();
                }
                context.attest("sha256:" + name, name, "https://example.org/done", name);
                context.give(slot, name);
                append(file, "ended " + name);
            });
            steps.add(
                    steps.isEmpty()
                            ? step
                            : step.needs(steps.getLast().gives().iterator().next()));
        }
        return steps;
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
