package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.store.process.BoundedLog;
import dev.stepzero.store.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The replicas' processes of one colour, as their files tell. Callers hold the environment's lock. */
final class Replicas {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NAME = "replica";
    private static final Pattern RECORD = Pattern.compile("(sha256:[0-9a-f]{64}) (\\d{1,4})\n");

    private final Path directory;

    Replicas(EnvironmentFiles home, Colour colour) {
        directory = home.colour(colour);
    }

    /** The directory of one replica, counted from 1. */
    Path place(int number) {
        return directory.resolve(Integer.toString(number));
    }

    Detached process(int number) {
        return Detached.named(NAME, place(number));
    }

    BoundedLog log(int number) {
        return process(number).log();
    }

    /** Writes down that all of them were started, which makes them count. */
    void completed(Digest image, int count) {
        try {
            Files.writeString(release(), image + " " + count + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image that all of them run; empty when one is missing. */
    Optional<Digest> running() {
        return record().filter(started -> IntStream.rangeClosed(1, started.count())
                        .allMatch(number -> process(number).running().isPresent()))
                .map(Started::image);
    }

    /** The image that was last started here, whatever became of its replicas. */
    Optional<Digest> started() {
        return record().map(Started::image);
    }

    private record Started(Digest image, int count) {}

    /** What was written down; a record that was cut off counts as none. */
    private Optional<Started> record() {
        try {
            var text = Files.exists(release()) ? Files.readString(release()) : "";
            var parts = RECORD.matcher(text);
            return parts.matches()
                    ? Optional.of(new Started(Digest.parse(parts.group(1)), Integer.parseInt(parts.group(2))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every one of them, those of a start that was cut off too, and deletes their files. */
    void stop() throws InterruptedException {
        try {
            Files.deleteIfExists(release());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Told together and then waited for one after the other, so that a slow end is not waited for twice.
        var processes = numbers().stream().map(this::process).toList();
        for (var process : processes) {
            process.running().flatMap(mark -> ProcessHandle.of(mark.pid())).ifPresent(ProcessHandle::destroy);
        }
        for (var process : processes) {
            process.stop(PATIENCE);
        }
        EnvironmentFiles.delete(directory);
    }

    /** The last lines of each, oldest first. */
    List<String> output(int lines) {
        var output = new ArrayList<String>();
        for (var number : numbers()) {
            process(number).log().tail(lines).forEach(line -> output.add(number + ": " + line));
        }
        return List.copyOf(output);
    }

    private List<Integer> numbers() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var places = Files.list(directory)) {
            return places.filter(Files::isDirectory)
                    .map(place -> Integer.valueOf(String.valueOf(place.getFileName())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path release() {
        return directory.resolve("release");
    }
}
