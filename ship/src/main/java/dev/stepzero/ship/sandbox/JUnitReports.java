package dev.stepzero.ship.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the JUnit XML that Surefire, Gradle, pytest, jest-junit and gotestsum leave. */
public final class JUnitReports {
    private static final int MOST_FILES = 20_000;
    private static final int MOST_DEPTH = 12;
    private static final long MOST_BYTES = 64L << 20;

    private JUnitReports() {}

    /**
     * Reads all reports below a directory, without following links. A report that is malformed, huge or no report at
     * all becomes a problem in the results and does not keep the others from being read.
     *
     * @return {@link TestResults#NONE} when there is no such directory
     */
    public static TestResults read(Path directory) {
        if (!Files.isDirectory(directory)) {
            return TestResults.NONE;
        }
        var results = TestResults.NONE;
        try {
            for (var file : reports(directory)) {
                results = results.plus(read(directory, file));
            }
            return results;
        } catch (IOException e) {
            return results.plus(problem(
                    "the reports in %s cannot be listed: %s".formatted(directory.getFileName(), e.getMessage())));
        }
    }

    private static TestResults read(Path directory, Path file) {
        var name = directory.relativize(file);
        try {
            if (Files.size(file) > MOST_BYTES) {
                return problem(
                        "test report %s is larger than %d MB and was not read".formatted(name, MOST_BYTES >> 20));
            }
            try (var in = Files.newInputStream(file)) {
                return new JUnitReport().read(in);
            }
        } catch (IOException | MalformedReport e) {
            return problem("test report %s cannot be read: %s".formatted(name, oneLine(e)));
        }
    }

    private static List<Path> reports(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(directory, java.util.Set.of(), MOST_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && file.toString().endsWith(".xml")) {
                    files.add(file);
                }
                return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Path::compareTo);
        return files;
    }

    private static TestResults problem(String text) {
        return new TestResults(0, 0, 0, Duration.ZERO, List.of(), List.of(text));
    }

    private static String oneLine(Exception e) {
        var text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
