package dev.stepzero.scan.tree;

import dev.stepzero.core.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The files of a tree that somebody is to read, in the order of their paths. */
public final class TreeFiles {
    private final Listing listing;
    private final List<TreeFile> files;
    private final Intake known;

    /**
     * Some of what is listed.
     *
     * @param files by their paths
     * @param known what could not be listed, and what is left out
     */
    TreeFiles(Listing listing, List<TreeFile> files, Intake known) {
        this.listing = listing;
        this.files = files;
        this.known = known;
    }

    /**
     * All files of a directory, whatever Git ignores, or one file alone.
     *
     * @throws UserError if it is not there or cannot be listed; what cannot be further down goes to the intake
     */
    public static TreeFiles of(Path root, Intake intake) {
        var files = Listing.of(root, true).sources();
        files.known.problems().forEach(each -> intake.problem(each.message(), each.position()));
        files.known.skipped().forEach(each -> intake.skipped(each.path(), each.reason()));
        return files;
    }

    /** No files at all. */
    public static TreeFiles none() {
        return Listing.empty().sources();
    }

    /** A new intake, which begins with what could not be listed and what is left out. */
    public Intake intake() {
        return new Intake(known);
    }

    public List<TreeFile> all() {
        return files;
    }

    /** The file under a path relative to the tree; who knows its path finds it in directories that Git ignores, too. */
    public Optional<TreeFile> at(String path) {
        return at(files, path).or(() -> isLeftOut(path) ? at(listing.leftOut(), path) : Optional.empty());
    }

    private static Optional<TreeFile> at(List<TreeFile> files, String path) {
        int low = 0;
        for (int high = files.size() - 1; low <= high; ) {
            int middle = (low + high) >>> 1;
            int order = files.get(middle).path().compareTo(path);
            if (order == 0) {
                return Optional.of(files.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    /**
     * The files in directories that Git ignores, for who knows what to look for there: what builds and downloads left. Such
     * directories are listed when somebody asks first; packages that others wrote are never there.
     *
     * @param sign a file which says that there may be something to look for; where the tree has none, nothing is listed
     */
    public List<TreeFile> leftOut(Predicate<TreeFile> sign) {
        return files.stream().anyMatch(sign) ? listing.leftOut() : List.of();
    }

    /** Whether a directory is one that Git ignores, or lies in one. */
    public boolean isLeftOut(String path) {
        return listing.isLeftOut(path);
    }
}
