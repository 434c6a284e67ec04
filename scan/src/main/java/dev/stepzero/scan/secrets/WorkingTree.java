package dev.stepzero.scan.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.tree.TreeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.util.FS;

/**
 * The files of a tree that are somebody's: in a repository without those that Git ignores, unless they are committed all
 * the same. Links are never followed.
 */
final class WorkingTree {
    private static final int LONGEST_IGNORE_FILE = 1 << 20;
    private static final int MOST_STARS = 3;

    private final Path root;
    private final Path top;
    private final boolean ignored;
    private final ContentSearch.Report report;
    private final NavigableSet<String> tracked = new TreeSet<>();
    private final List<TreeFile> files = new ArrayList<>();
    private final Deque<Rules> rules = new ArrayDeque<>();

    /** The ignore rules of a directory, which hold below it. */
    private record Rules(String directory, IgnoreNode node) {}

    private WorkingTree(Path root, Path top, boolean ignored, ContentSearch.Report report) {
        this.root = root;
        this.top = top;
        this.ignored = ignored;
        this.report = report;
    }

    /**
     * Lists a directory, or takes one file alone.
     *
     * @param ignored whether to list what Git ignores
     */
    static List<TreeFile> files(Path root, boolean ignored, ContentSearch.Report report) {
        var absolute = root.toAbsolutePath().normalize();
        try {
            if (Files.isRegularFile(absolute)) {
                return List.of(new TreeFile(String.valueOf(absolute.getFileName()), absolute, Files.size(absolute)));
            }
            var top = Repositories.root(absolute);
            var tree = new WorkingTree(absolute, top.orElse(absolute), ignored || top.isEmpty(), report);
            tree.list();
            return tree.files;
        } catch (IOException e) {
            throw UserError.unreadable("the directory cannot be listed: " + e.getMessage())
                    .at(root.toString())
                    .because(e);
        }
    }

    private void list() throws IOException {
        if (!ignored) {
            readTracked();
            exclude(top.resolve(".git").resolve("info").resolve("exclude"), "");
            for (var above = top; !above.equals(root); ) {
                exclude(above.resolve(".gitignore"), relative(top, above));
                above = above.resolve(above.relativize(root).getName(0));
            }
        }
        Files.walkFileTree(root, new Lister());
        files.sort(java.util.Comparator.comparing(TreeFile::path));
    }

    private void readTracked() {
        var index = Repositories.gitDirectory(top).resolve("index");
        if (!Files.isRegularFile(index)) {
            return;
        }
        try {
            var cache = DirCache.read(index.toFile(), FS.DETECTED);
            for (int i = 0; i < cache.getEntryCount(); i++) {
                tracked.add(cache.getEntry(i).getPathString());
            }
        } catch (IOException | RuntimeException e) {
            report.skipped(".git/index", "it cannot be read, so what is committed though ignored is left out");
        }
    }

    private void exclude(Path file, String directory) {
        // As Git does: a link is no such file.
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream in = Files.newInputStream(file)) {
                var text = new String(in.readNBytes(LONGEST_IGNORE_FILE), StandardCharsets.UTF_8);
                var usable = text.lines().filter(WorkingTree::isQuick).toList();
                if (usable.size() < text.lines().count() || text.length() >= LONGEST_IGNORE_FILE) {
                    report.skipped(relative(top, file), "lines that would take long are left out: it ignores less");
                }
                var node = new IgnoreNode();
                node.parse(
                        file.toString(),
                        new ByteArrayInputStream(String.join("\n", usable).getBytes(StandardCharsets.UTF_8)));
                rules.push(new Rules(directory, node));
            } catch (IOException e) {
                report.skipped(relative(top, file), "it cannot be read: " + e.getMessage());
            }
        }
    }

    /** Each star may end anywhere in a name: with many of them a name takes years. */
    private static boolean isQuick(String line) {
        int doubles = 0;
        for (var part : line.split("/", -1)) {
            boolean twice = part.equals("**");
            doubles += twice ? 1 : 0;
            if (!twice && part.chars().filter(c -> c == '*').count() > MOST_STARS) {
                return false;
            }
        }
        return doubles <= MOST_STARS;
    }

    private static String relative(Path from, Path to) {
        return from.relativize(to).toString().replace('\\', '/');
    }

    private boolean isIgnored(String path, boolean directory) {
        for (var each : rules) {
            var below = each.directory().isEmpty()
                    ? path
                    : path.substring(each.directory().length() + 1);
            switch (each.node().isIgnored(below, directory)) {
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

    private boolean hasTracked(String directory) {
        var first = tracked.ceiling(directory + "/");
        return first != null && first.startsWith(directory + "/");
    }

    private final class Lister extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            var name = String.valueOf(directory.getFileName());
            if (name.equals(".git") && !directory.equals(root)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            var path = relative(top, directory);
            if (!ignored) {
                if (!directory.equals(root) && isIgnored(path, true) && !hasTracked(path)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                exclude(directory.resolve(".gitignore"), path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException problem) {
            var path = relative(top, directory);
            rules.removeIf(each -> each.directory().equals(path) && !path.isEmpty());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var path = relative(top, file);
            if (attributes.isOther()) {
                report.skipped(relative(root, file), "neither a file nor a directory");
            } else if (attributes.isRegularFile() && (ignored || !isIgnored(path, false) || tracked.contains(path))) {
                files.add(new TreeFile(relative(root, file), file, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            report.skipped(relative(root, file), "it cannot be read: " + problem.getMessage());
            return FileVisitResult.CONTINUE;
        }
    }
}
