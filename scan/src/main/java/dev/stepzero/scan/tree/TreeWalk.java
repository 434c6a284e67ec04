package dev.stepzero.scan.tree;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Goes through a tree once, and sorts what lies there by whose it is. Links are never followed. */
final class TreeWalk extends SimpleFileVisitor<Path> {
    private static final String GIT = ".git";

    /** Packages that others wrote, and what we keep ourselves. */
    private static final Set<String> FOREIGN = Set.of("node_modules", ".stepzero");

    /** Files that somebody wrote. */
    final List<TreeFile> own = new ArrayList<>();

    /** Files that Git ignores, in directories that it does not. */
    final List<TreeFile> alone = new ArrayList<>();

    /** Files that Git ignores, in directories that it ignores too but for other files that are committed. */
    final List<TreeFile> beside = new ArrayList<>();

    /** Files that Git does not ignore, in the directories of others. */
    final List<TreeFile> foreign = new ArrayList<>();

    /** The directories of others. */
    final Set<String> foreignDirectories = new TreeSet<>();

    /** The directories that Git ignores, as far as nothing in them is committed. */
    final Set<String> ignored = new TreeSet<>();

    private final Path root;
    private final String prefix;
    private final Optional<IgnoreRules> rules;
    private final boolean isThorough;
    private final Intake intake;
    private @Nullable String inIgnored;
    private @Nullable String inForeign;

    /**
     * @param prefix what leads from where the rules are from to the tree; empty, or ends with a slash
     * @param rules what Git ignores; empty where that does not matter
     * @param isThorough whether to go into the directories of others
     */
    private TreeWalk(Path root, String prefix, Optional<IgnoreRules> rules, boolean isThorough, Intake intake) {
        this.root = root;
        this.prefix = prefix;
        this.rules = rules;
        this.isThorough = isThorough;
        this.intake = intake;
    }

    /** A walk for which nothing is ignored. */
    static TreeWalk everywhere(Path root, Intake intake) {
        return new TreeWalk(root, "", Optional.empty(), true, intake);
    }

    /** A walk that leaves out what Git ignores, where the tree lies in a repository. */
    static TreeWalk ofRepository(Path root, Intake intake) throws IOException {
        var real = root.toRealPath();
        var top = Repositories.root(real);
        if (top.isEmpty()) {
            return everywhere(root, intake);
        }
        var prefix = top.get().relativize(real).toString().replace('\\', '/');
        return new TreeWalk(
                root,
                prefix.isEmpty() ? "" : prefix + "/",
                Optional.of(new IgnoreRules(top.get(), real, intake)),
                true,
                intake);
    }

    /** A walk through directories that Git ignores: what is wrong there is nobody's matter. */
    static TreeWalk ofIgnored(Path root) {
        return new TreeWalk(root, "", Optional.empty(), false, new Intake());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        var path = relative(directory);
        if (path.isEmpty()) {
            rules.ifPresent(each -> each.enter(directory, full("")));
            return FileVisitResult.CONTINUE;
        }
        var name = String.valueOf(directory.getFileName());
        if (name.equals(GIT)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (rules.isPresent()) {
            if (isIgnoredDirectory(path)) {
                ignored.add(path);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (inIgnored == null && rules.get().excludes(full(path), true)) {
                inIgnored = path;
            }
            rules.get().enter(directory, full(path));
        }
        if (inForeign == null && FOREIGN.contains(name)) {
            if (!isThorough) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            inForeign = path;
            foreignDirectories.add(path);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) {
        var path = relative(directory);
        if (problem != null) {
            unreadable(path, problem);
        }
        rules.ifPresent(each -> each.leave(full(path)));
        inIgnored = path.equals(inIgnored) ? null : inIgnored;
        inForeign = path.equals(inForeign) ? null : inForeign;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var path = relative(file);
        if (attributes.isRegularFile()) {
            boolean isIgnored = isIgnored(path);
            if (inForeign == null || !isIgnored) {
                listFor(isIgnored).add(new TreeFile(path, file, attributes.size()));
            }
        } else if (inForeign == null) {
            intake.skipped(
                    path,
                    attributes.isSymbolicLink()
                            ? "a link: what it leads to is read where it lies"
                            : "neither a file nor a directory");
        }
        return FileVisitResult.CONTINUE;
    }

    private boolean isIgnoredDirectory(String path) {
        return rules.isPresent()
                && (inIgnored != null || rules.get().excludes(full(path), true))
                && !rules.get().isTracked(full(path), true);
    }

    private boolean isIgnored(String path) {
        return rules.isPresent()
                && (inIgnored != null || rules.get().excludes(full(path), false))
                && !rules.get().isTracked(full(path), false);
    }

    private List<TreeFile> listFor(boolean isIgnored) {
        if (inForeign != null) {
            return foreign;
        }
        if (!isIgnored) {
            return own;
        }
        return inIgnored == null ? alone : beside;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
        if (file.equals(root)) {
            throw problem;
        }
        var path = relative(file);
        if (problem instanceof NoSuchFileException) {
            intake.skipped(path, "it was gone before it could be read");
        } else if (isIgnoredDirectory(path)) {
            // Such as the files of a database in a container, which are another user's.
            ignored.add(path);
        } else {
            unreadable(path, problem);
        }
        return FileVisitResult.CONTINUE;
    }

    private void unreadable(String path, IOException problem) {
        var why = "it cannot be read: " + FileFailure.reason(problem);
        if (inForeign == null) {
            intake.unreadable(path, why);
        } else {
            intake.skipped(path, why);
        }
    }

    /** The path from where the rules are from. */
    private String full(String path) {
        return path.isEmpty() && !prefix.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + path;
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
