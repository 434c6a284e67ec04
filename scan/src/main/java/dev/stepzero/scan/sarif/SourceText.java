package dev.stepzero.scan.sarif;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The files below a directory, which results name and whose lines tell them apart. Nothing outside of it is read. */
final class SourceText {
    private static final long MOST_BYTES = 8L << 20;
    private static final long HELD_CHARACTERS = 16L << 20;
    private static final int LONGEST_PATH = 1_000;

    private final Optional<Path> root;
    private final LinkedHashMap<String, String> held = new LinkedHashMap<>(16, 0.75f, true);
    private long heldCharacters;

    /**
     * The files below a directory.
     *
     * @param root empty where there are none, as beside an image
     */
    SourceText(Optional<Path> root) {
        this.root = root.flatMap(SourceText::real);
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Optional<Path> root() {
        return root;
    }

    /** Whether a regular file is there; one that is reached through a link that leads outside is not. */
    boolean has(String path) {
        return file(path).isPresent();
    }

    private Optional<Path> file(String path) {
        if (root.isEmpty() || path.isEmpty() || path.length() > LONGEST_PATH) {
            return Optional.empty();
        }
        try {
            var file = root.get().resolve(path);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? real(file).filter(each -> each.startsWith(root.get()))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Some lines of a file, from the first to the last, counted from 1; none if it cannot be read. */
    List<String> lines(String path, int first, int last) {
        return text(path)
                .lines()
                .skip(Math.max(0, first - 1L))
                .limit(Math.max(0, last - first + 1L))
                .toList();
    }

    /** The line in which the character of this number stands, counted from 0; 0 if there is none. */
    int line(String path, int offset) {
        var text = text(path);
        return offset < 0 || offset > text.length() || text.isEmpty()
                ? 0
                : 1
                        + (int) text.substring(0, offset)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
    }

    String text(String path) {
        var known = held.get(path);
        if (known != null) {
            return known;
        }
        var text = read(path);
        held.put(path, text);
        heldCharacters += text.length();
        var eldest = held.entrySet().iterator();
        while (heldCharacters > HELD_CHARACTERS && held.size() > 1) {
            heldCharacters -= eldest.next().getValue().length();
            eldest.remove();
        }
        return text;
    }

    /** What is no UTF-8 is read as well as it can be: it is only compared. */
    private String read(String path) {
        try {
            var file = file(path);
            return file.isPresent() && Files.size(file.get()) <= MOST_BYTES
                    ? new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}
