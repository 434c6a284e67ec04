package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * Writes the blobs of a tree as they are stored. Neither filters nor hooks take part, and nothing is written outside
 * the target: names that git itself would refuse and links that lead out end the export.
 */
final class TreeExport {
    private static final int MOST_FILES = 200_000;
    private static final long MOST_BYTES = 4L << 30;

    private final Repository repository;
    private final Path target;
    private final ObjectChecker checker =
            new ObjectChecker().setSafeForWindows(false).setSafeForMacOS(true);
    private int files;
    private long bytes;

    TreeExport(Repository repository, Path target) {
        this.repository = repository;
        this.target = target;
    }

    void write(RevTree tree, String prefix) throws IOException, InterruptedException {
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            if (!prefix.isEmpty()) {
                walk.setFilter(PathFilter.create(prefix));
            }
            while (walk.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                entry(walk, prefix);
            }
        }
        if (files == 0) {
            throw UserError.unreadable("the commit has no file there")
                    .at(prefix.isEmpty() ? "/" : prefix)
                    .fix("commit the project's files, or name a commit that has them");
        }
    }

    private void entry(TreeWalk walk, String prefix) throws IOException {
        var path = walk.getPathString();
        refuseBadName(path);
        var file = target.resolve(prefix.isEmpty() ? path : path.substring(prefix.length() + 1));
        var mode = walk.getFileMode(0);
        if (mode.equals(FileMode.GITLINK)) {
            // A submodule is another repository, which nobody reviewed with this commit.
            Files.createDirectories(file);
            return;
        }
        count(path);
        Files.createDirectories(file.resolveSibling(""));
        if (mode.equals(FileMode.SYMLINK)) {
            link(path, file, walk);
            return;
        }
        try (var out = Files.newOutputStream(file)) {
            var loader = repository.open(walk.getObjectId(0));
            bytes += loader.getSize();
            refuseTooMuch(path);
            loader.copyTo(out);
        }
        Files.setPosixFilePermissions(
                file,
                PosixFilePermissions.fromString(mode.equals(FileMode.EXECUTABLE_FILE) ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private void link(String path, Path file, TreeWalk walk) throws IOException {
        var text = new String(repository.open(walk.getObjectId(0)).getCachedBytes(4096), StandardCharsets.UTF_8);
        var leads = file.resolveSibling(text).normalize();
        if (text.startsWith("/") || !leads.startsWith(target) || leads.equals(file)) {
            throw UserError.unreadable("the symbolic link leads out of the project: " + text)
                    .at(path)
                    .fix("make it lead to a file of the project, or take it out of the commit");
        }
        Files.createSymbolicLink(file, Path.of(text));
    }

    private void refuseBadName(String path) {
        try {
            checker.checkPath(path);
        } catch (CorruptObjectException e) {
            throw UserError.unreadable("the file name is not allowed: " + e.getMessage())
                    .at(path)
                    .fix("rename the file")
                    .because(e);
        }
    }

    private void count(String path) {
        files++;
        refuseTooMuch(path);
    }

    private void refuseTooMuch(String path) {
        if (files > MOST_FILES || bytes > MOST_BYTES) {
            throw UserError.unreadable(
                            "the project has more than %,d files or %,d bytes".formatted(MOST_FILES, MOST_BYTES))
                    .at(path)
                    .fix("ship the directory of one application");
        }
    }
}
