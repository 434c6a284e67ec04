package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds and reads test reports in the XML form that JUnit's Ant task began and Surefire, Gradle, pytest, Jest and Go's
 * converters write. The files come from the project's own commands, so nothing in them is trusted.
 */
public final class JUnitReports {
    private static final Pattern NAME = Pattern.compile("(?i)(TEST-.*|.*(junit|test|report|result).*)\\.xml");
    /** Where other people's reports lie. */
    private static final Set<String> PASSED_BY = Set.of("node_modules", ".git", "vendor", ".venv");

    private static final int MOST_FILES = 10_000;
    private static final long LARGEST_FILE = 64L * 1024 * 1024;
    private static final int DEEPEST = 32;

    private JUnitReports() {}

    /**
     * Reads every report under a directory. XML that is no test report is passed by; a report that is broken, larger
     * than 64 MB or one of more than 10,000 is counted as a problem.
     *
     * @throws UserError if the directory cannot be read
     */
    public static TestReport read(Path directory) {
        var tally = new ReportTally();
        var found = new TreeSet<Path>();
        try {
            Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return PASSED_BY.contains(String.valueOf(visited.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isRegularFile()
                            || !NAME.matcher(file.getFileName().toString()).matches()) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (found.size() == MOST_FILES) {
                        tally.problem(directory.toString(), "more than " + MOST_FILES + " reports");
                        return FileVisitResult.TERMINATE;
                    }
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (file.equals(directory)) {
                        throw failure;
                    }
                    tally.problem(directory.relativize(file).toString(), "cannot be looked at");
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw UserError.unreadable("test reports cannot be looked for: " + e.getMessage())
                    .at(directory.toString())
                    .fix("see that the directory is there")
                    .because(e);
        }
        for (var file : found) {
            read(file, directory.relativize(file).toString(), tally);
        }
        return tally.report();
    }

    private static void read(Path file, String name, ReportTally tally) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                tally.problem(name, "larger than " + LARGEST_FILE / (1024 * 1024) + " MB");
                return;
            }
            try (var stream = Files.newInputStream(file)) {
                ReportReader.read(stream, tally, name);
            }
        } catch (IOException e) {
            tally.problem(name, "cannot be read");
        }
    }
}
