package dev.stepzero.govern.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Keeps the lines of one file in memory, for findings of one file follow each other. */
final class DirectoryLines implements SourceLines {
    private static final long MOST_BYTES = 8L << 20;

    private final Path root;
    private String held = "";
    private List<String> lines = List.of();

    DirectoryLines(Path directory) {
        root = directory.toAbsolutePath().normalize();
    }

    @Override
    public synchronized List<String> lines(String path, int from, int to) {
        if (!path.equals(held)) {
            lines = read(path);
            held = path;
        }
        var first = Math.max(1, from);
        var last = Math.min(lines.size(), to);
        return first > last ? List.of() : lines.subList(first - 1, last);
    }

    private List<String> read(String path) {
        try {
            var file = root.resolve(path).normalize();
            if (!file.startsWith(root)
                    || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !file.toRealPath().startsWith(root.toRealPath())
                    || Files.size(file) > MOST_BYTES) {
                return List.of();
            }
            // Decodes what is no UTF-8 to U+FFFD: half an excerpt is better than none.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }
}
