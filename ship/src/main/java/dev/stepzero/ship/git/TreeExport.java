package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private static final int LONGEST_PATH = 4_000;
    private static final int LONGEST_LINK = 4_000;

    private final Repository repository;
    private final Path target;
    private final ObjectChecker checker =
            new ObjectChecker().setSafeForWindows(false).setSafeForMacOS(true);
    private final Set<Path> directories = new HashSet<>();
    private int files;
    private long bytes;

    TreeExport(Repository repository, Path target) {
        this.repository = repository;
        this.target = target.toAbsolutePath().normalize();
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
            throw nothingThere(prefix);
        }
    }

    private static UserError nothingThere(String prefix) {
        return UserError.unreadable("the commit has no file there")
                .at(prefix.isEmpty() ? "/" : prefix)
                .fix("commit the project's files, or name a commit that has them");
    }

    private void entry(TreeWalk walk, String prefix) throws IOException {
        var path = walk.getPathString();
        refuseBadName(path);
        if (path.equals(prefix)) {
            throw nothingThere(prefix);
        }
        try {
            var file = target.resolve(prefix.isEmpty() ? path : path.substring(prefix.length() + 1));
            makeDirectory(walk.getFileMode(0).equals(FileMode.GITLINK) ? file : parent(file));
            write(walk, path, file);
        } catch (FileAlreadyExistsException e) {
            throw UserError.unreadable("two entries of the commit have this name")
                    .at(path)
                    .fix("rename one of them; some file systems do not tell upper from lower case")
                    .because(e);
        } catch (InvalidPathException e) {
            throw UserError.unreadable("the file name cannot be written on this system: " + e.getReason())
                    .at(path)
                    .fix("rename the file, or run Stepzero with LC_ALL=C.UTF-8")
                    .because(e);
        }
    }

    private void write(TreeWalk walk, String path, Path file) throws IOException {
        var mode = walk.getFileMode(0);
        if (mode.equals(FileMode.GITLINK)) {
            // A submodule is another repository, which nobody reviewed with this commit.
            return;
        }
        count(path);
        if (mode.equals(FileMode.SYMLINK)) {
            link(path, file, walk);
            return;
        }
        var loader = repository.open(walk.getObjectId(0));
        bytes += loader.getSize();
        refuseTooMuch(path);
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            loader.copyTo(out);
        }
        Files.setPosixFilePermissions(
                file,
                PosixFilePermissions.fromString(mode.equals(FileMode.EXECUTABLE_FILE) ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** Each directory is made here and nowhere else, so that none is a link that another entry left in its place. */
    private void makeDirectory(Path directory) throws IOException {
        if (directory.equals(target) || directories.contains(directory)) {
            return;
        }
        makeDirectory(parent(directory));
        Files.createDirectory(directory);
        directories.add(directory);
    }

    private static Path parent(Path file) {
        return file.resolveSibling("").normalize();
    }

    private void link(String path, Path file, TreeWalk walk) throws IOException {
        var loader = repository.open(walk.getObjectId(0));
        var text = loader.getSize() > LONGEST_LINK ? "" : new String(loader.getCachedBytes(), StandardCharsets.UTF_8);
        if (text.isEmpty() || text.indexOf('\0') >= 0 || leadsOut(file, text)) {
            throw UserError.unreadable("the symbolic link leads out of the project: '%s'".formatted(Plain.text(text)))
                    .at(path)
                    .fix("make it lead to a file of the project, or take it out of the commit");
        }
        Files.createSymbolicLink(file, Path.of(text));
    }

    /** Any '..' must come first: behind a name it leads to the parent of whatever that name is a link to. */
    private boolean leadsOut(Path file, String text) {
        var parts = List.of(text.split("/"));
        var lastStepUp = parts.lastIndexOf("..");
        var onlyStepsUp =
                parts.subList(0, lastStepUp + 1).stream().allMatch(part -> part.equals("..") || part.equals("."));
        var leads = parent(file).resolve(text).normalize();
        return text.startsWith("/") || !onlyStepsUp || !leads.startsWith(target) || leads.equals(file);
    }

    private void refuseBadName(String path) {
        if (path.length() > LONGEST_PATH) {
            throw UserError.unreadable("the file name is longer than %d characters".formatted(LONGEST_PATH))
                    .at(Plain.text(path.substring(0, 60)) + "...")
                    .fix("rename the file");
        }
        try {
            checker.checkPath(path);
        } catch (CorruptObjectException e) {
            throw UserError.unreadable("the file name is not allowed: " + Plain.text(String.valueOf(e.getMessage())))
                    .at(Plain.text(path))
                    .fix("rename the file")
                    .because(e);
        }
        if (!Plain.text(path).equals(path)) {
            throw UserError.unreadable("the file name has characters that cannot be shown")
                    .at(Plain.text(path))
                    .fix("rename the file");
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
