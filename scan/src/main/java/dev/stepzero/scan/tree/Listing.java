package dev.stepzero.scan.tree;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a tree, listed once for all who look at it. In a repository what Git ignores is told from the rest, unless
 * it is committed all the same. Links are never followed, so nothing outside is read. Safe for use by several threads.
 */
public final class Listing {
    private static final Comparator<TreeFile> BY_PATH = Comparator.comparing(TreeFile::path);
    private static final int NAMED = 3;

    private final Path root;
    private final TreeWalk walk;
    private final Intake intake;
    private @Nullable List<TreeFile> leftOut;

    private Listing(Path root, TreeWalk walk, Intake intake) {
        this.root = root;
        this.walk = walk;
        this.intake = intake;
        List.of(walk.own, walk.alone, walk.foreign).forEach(files -> files.sort(BY_PATH));
    }

    /**
     * Lists a directory, or takes one file alone. What is named is looked at, be it ignored itself.
     *
     * @param ignored whether what Git ignores counts like the rest
     * @throws UserError if it is not there or cannot be listed; what cannot be further down is noted
     */
    public static Listing of(Path given, boolean ignored) {
        if (!Files.isRegularFile(given) && !Files.isDirectory(given)) {
            throw UserError.unreadable("there is no such file or directory")
                    .at(given.toString())
                    .fix("name a directory or a file");
        }
        var intake = new Intake();
        try {
            // A link is followed where it is what the user names, and nowhere else.
            var root = Files.isSymbolicLink(given) ? given.toRealPath() : given;
            var walk = ignored ? TreeWalk.everywhere(root, intake) : TreeWalk.ofRepository(root, intake);
            if (Files.isRegularFile(root)) {
                walk.own.add(new TreeFile(String.valueOf(given.getFileName()), root, Files.size(root)));
            } else {
                Files.walkFileTree(root, walk);
            }
            return new Listing(root, walk, intake);
        } catch (IOException e) {
            throw UserError.unreadable("it cannot be listed: " + FileFailure.reason(e))
                    .at(given.toString())
                    .because(e);
        }
    }

    /** The directory, or the file that is looked at alone. */
    public Path root() {
        return root;
    }

    static Listing empty() {
        var intake = new Intake();
        return new Listing(Path.of(""), TreeWalk.everywhere(Path.of(""), intake), intake);
    }

    /**
     * What people wrote, with files that Git ignores where they lie among the others, such as those with values for
     * Terraform's variables, but without directories that it ignores, and without packages of others.
     */
    public TreeFiles sources() {
        var known = known();
        walk.foreignDirectories.stream()
                .filter(path -> path.endsWith("node_modules"))
                .forEach(path -> known.skipped(path, "packages that others wrote: nobody mends anything there"));
        return new TreeFiles(this, merged(walk.own, walk.alone), known);
    }

    /** What Git does not ignore, with packages of others where they are committed. */
    public TreeFiles unignored() {
        var known = known();
        note(
                known,
                "secrets and code are not sought in what Git ignores",
                walk.alone.stream().map(TreeFile::path).toList());
        return new TreeFiles(this, merged(walk.own, walk.foreign), known);
    }

    private static List<TreeFile> merged(List<TreeFile> some, List<TreeFile> more) {
        if (more.isEmpty()) {
            return List.copyOf(some);
        }
        var all = new ArrayList<TreeFile>(some.size() + more.size());
        all.addAll(some);
        all.addAll(more);
        all.sort(BY_PATH);
        return List.copyOf(all);
    }

    private Intake known() {
        var known = new Intake(intake);
        note(known, "what Git ignores is left out", walk.ignored);
        return known;
    }

    private static void note(Intake known, String said, Collection<String> paths) {
        if (!paths.isEmpty()) {
            int more = paths.size() - NAMED;
            known.note("%s: %s%s; --no-ignore looks there too"
                    .formatted(
                            said,
                            String.join(", ", paths.stream().limit(NAMED).toList()),
                            more > 0 ? " and %d more".formatted(more) : ""));
        }
    }

    /** The files of directories that Git ignores, but for packages of others. They are listed when first asked for. */
    synchronized List<TreeFile> leftOut() {
        if (leftOut == null) {
            var below = TreeWalk.ofIgnored(root);
            try {
                for (var directory : walk.ignored) {
                    Files.walkFileTree(root.resolve(directory), below);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            leftOut = merged(walk.beside, below.own);
        }
        return leftOut;
    }

    /** Whether a path lies in a directory that Git ignores, or is one. */
    boolean isLeftOut(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (walk.ignored.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
