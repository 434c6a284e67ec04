package dev.stepzero.scan.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small tree written for a test, and what its readers could not make sense of.
 *
 * @param <T> the tree's own type
 */
public abstract class WrittenTree<T extends WrittenTree<T>> {
    private final Path root;
    private final Intake intake = new Intake();

    protected WrittenTree(Path root) {
        this.root = root;
    }

    protected abstract T self();

    /** With one more file. */
    public final T with(String path, String text) {
        try {
            var file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return self();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final TreeFiles files() throws InterruptedException {
        return TreeFiles.of(root, intake);
    }

    protected final Intake intake() {
        return intake;
    }

    /** What could not be understood: {@code file:line message}. */
    public final List<String> problems() {
        return intake.problems().stream()
                .map(each -> each.position().file() + ":" + each.position().line() + " " + each.message())
                .toList();
    }

    /** What was left out, and why: {@code path: reason}. */
    public final List<String> skipped() {
        return intake.coverage(0, 0).skipped().stream()
                .map(each -> each.path() + ": " + each.reason())
                .toList();
    }
}
