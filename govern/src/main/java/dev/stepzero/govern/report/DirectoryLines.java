package dev.stepzero.govern.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Keeps the text of one file in memory, for findings of one file follow each other. */
final class DirectoryLines implements SourceLines {
    private static final long MOST_BYTES = 8L << 20;

    private final Path root;
    private String held = "";
    private String text = "";

    DirectoryLines(Path directory) {
        root = directory.toAbsolutePath().normalize();
    }

    @Override
    public synchronized List<String> lines(String path, int from, int to) {
        if (!path.equals(held)) {
            text = read(path);
            held = path;
        }
        var lines = new ArrayList<String>();
        var start = 0;
        for (var number = 1; number <= to && start < text.length(); number++) {
            var newline = text.indexOf('\n', start);
            var end = newline < 0 ? text.length() : newline;
            if (number >= from) {
                lines.add(text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end));
            }
            start = end + 1;
        }
        return lines;
    }

    private String read(String path) {
        try {
            var file = root.resolve(path).normalize();
            if (!file.startsWith(root) || throughLink(file)) {
                return "";
            }
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() > MOST_BYTES) {
                return "";
            }
            // Decodes what is no UTF-8 to U+FFFD: half an excerpt is better than none.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private boolean throughLink(Path file) {
        for (var above = file.getParent(); above != null && !above.equals(root); above = above.getParent()) {
            if (Files.isSymbolicLink(above)) {
                return true;
            }
        }
        return false;
    }
}
