package dev.stepzero.scan.tree;

import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import org.jspecify.annotations.Nullable;

/** Has several scanners look at one subject, one after the other; where it is a tree, it is listed once for all. */
public final class SharedListing {
    private final Subject subject;
    private final boolean ignored;
    private @Nullable Listing listing;

    /**
     * For a subject.
     *
     * @param ignored whether what Git ignores in a tree counts like the rest
     */
    public SharedListing(Subject subject, boolean ignored) {
        this.subject = subject;
        this.ignored = ignored;
    }

    public ScanReport scannedBy(Scanner scanner) throws InterruptedException {
        return subject instanceof Subject.SourceTree tree && scanner instanceof TreeScanner ofTrees
                ? ofTrees.scan(listing(tree))
                : scanner.scan(subject);
    }

    private Listing listing(Subject.SourceTree tree) {
        var known = listing == null ? Listing.of(tree.directory(), ignored) : listing;
        listing = known;
        return known;
    }
}
