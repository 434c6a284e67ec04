package dev.stepzero.scan.iac;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.nio.file.Path;
import java.util.List;

/** Reads one kind of infrastructure code. An implementation is stateless and safe for use by several threads. */
public interface ResourceReader {
    /**
     * Takes the files that are its own from the tree and says what they configure. What cannot be read goes to the intake
     * and ends nothing: the rest is read all the same.
     */
    List<Configuration> read(TreeFiles files, Intake intake) throws InterruptedException;

    /** The same reader with further files of values for variables; itself where it knows no variables. */
    default ResourceReader withValues(List<Path> files) {
        return this;
    }
}
