package dev.stepzero.scan.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * What Git ignores, as the files {@code .gitignore} on the way to a place and {@code .git/info/exclude} say it; a user's own
 * list for all repositories does not count, so that a tree is the same on every machine. A repository within another has
 * its own rules. Follows a walk: a directory is entered before what lies in it is asked for.
 */
final class IgnoreRules {
    private static final String FILE = ".gitignore";
    private static final int LONGEST_FILE = 1 << 20;

    private final Path top;
    private final Intake intake;
    private final IgnorePatience patience = new IgnorePatience();
    private final Deque<Repository> repositories = new ArrayDeque<>();

    /** A repository, and the rules that hold in it where the walk is. */
    private record Repository(String base, Tracked tracked, Deque<Rules> rules) {}

    /** The rules of a directory, which hold below it. */
    private record Rules(String directory, IgnoreNode node, IgnoreLines lines) {}

    /**
     * Rules for a tree.
     *
     * @param top the root of the repository
     * @param root the tree's, there or further down
     */
    IgnoreRules(Path top, Path root, Intake intake) {
        this.top = top;
        this.intake = intake;
        begin(top, "");
        for (var above = top; !above.equals(root); ) {
            exclude(above.resolve(FILE), relative(above), relative(above));
            above = above.resolve(above.relativize(root).getName(0));
        }
    }

    private void begin(Path root, String base) {
        repositories.push(new Repository(base, new Tracked(root, intake), new ArrayDeque<>()));
        exclude(Repositories.sharedDirectory(root).resolve("info").resolve("exclude"), base, "");
    }

    /** Goes into a directory that is not ignored. */
    void enter(Path directory, String path) {
        if (!path.isEmpty() && Repositories.isRoot(directory)) {
            begin(directory, path);
        }
        exclude(directory.resolve(FILE), path, path);
    }

    void leave(String path) {
        if (!path.isEmpty()) {
            here().rules().removeIf(each -> each.directory().equals(path));
            if (here().base().equals(path)) {
                repositories.pop();
            }
        }
    }

    private Repository here() {
        return repositories.getFirst();
    }

    /** Whether rules leave a path out; paths are relative to the repository's root. */
    boolean excludes(String path, boolean directory) {
        for (var each : here().rules()) {
            if (!patience.lasts(each.lines(), path, intake)) {
                return false;
            }
            switch (each.node().isIgnored(below(each.directory(), path), directory)) {
                case IGNORED -> {
                    return true;
                }
                case NOT_IGNORED -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Whether a file, or something in a directory, is committed, which counts more than all rules. */
    boolean isTracked(String path, boolean directory) {
        var own = below(here().base(), path);
        return directory ? here().tracked().within(own) : here().tracked().contains(own);
    }

    private void exclude(Path file, String directory, String named) {
        // As Git does: a link is no such file.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var name = (named.isEmpty() ? "" : named + "/") + file.getFileName();
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
            int before = here().rules().stream()
                    .mapToInt(each -> each.lines().count())
                    .sum();
            var lines = IgnoreLines.of(text, before);
            if (lines.left() || text.length() >= LONGEST_FILE) {
                intake.skipped(name, "lines that would take long are left out: it ignores less");
            }
            var node = new IgnoreNode();
            node.parse(file.toString(), new ByteArrayInputStream(lines.text().getBytes(StandardCharsets.UTF_8)));
            here().rules().push(new Rules(directory, node, lines));
        } catch (IOException e) {
            intake.skipped(name, "it cannot be read: " + FileFailure.reason(e));
        }
    }

    private String relative(Path path) {
        return top.relativize(path).toString().replace('\\', '/');
    }

    private static String below(String directory, String path) {
        return directory.isEmpty() ? path : path.substring(directory.length() + 1);
    }
}
