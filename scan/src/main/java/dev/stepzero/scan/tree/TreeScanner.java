package dev.stepzero.scan.tree;

import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.UserError;

/** A scanner of source trees. Several that look at the same tree may be given one listing of it. */
public interface TreeScanner extends Scanner {

    /**
     * Scans a tree that is listed.
     *
     * @throws UserError if it cannot be read at all; a part that cannot be read is a finding of its own
     * @throws InterruptedException if the run was cancelled
     */
    ScanReport scan(Listing listing) throws InterruptedException;
}
