package dev.stepzero.scan.packages;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;

/**
 * Reads the manifests and lockfiles of one package manager in a source tree. Readers are found through
 * {@link java.util.ServiceLoader}. An implementation is stateless and safe for use by several threads.
 */
public interface ManifestReader {
    /**
     * Takes the files that are its own and adds the packages that they name. What cannot be read goes to the intake and
     * ends nothing: the rest is read all the same.
     */
    void read(TreeFiles files, Inventory.Collector packages, Intake intake) throws InterruptedException;
}
