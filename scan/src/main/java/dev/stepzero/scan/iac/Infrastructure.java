package dev.stepzero.scan.iac;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.Listing;
import dev.stepzero.scan.tree.TreeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A tree's infrastructure code, read by every reader that there is. */
public final class Infrastructure {
    private final TreeFiles files;
    private final Intake intake;
    private final List<Configuration> configurations;

    private Infrastructure(TreeFiles files, Intake intake, List<Configuration> configurations) {
        this.files = files;
        this.intake = intake;
        this.configurations = List.copyOf(configurations);
    }

    /**
     * Reads a directory, whatever Git ignores there, or one file alone.
     *
     * @throws dev.stepzero.core.UserError if it cannot be read at all
     */
    public static Infrastructure read(Path root) throws InterruptedException {
        return read(Listing.of(root, true), List.of());
    }

    /**
     * Reads what is listed of a tree, with further files of values for variables.
     *
     * @param valueFiles win over all that the tree holds, the last most
     */
    public static Infrastructure read(Listing listing, List<Path> valueFiles) throws InterruptedException {
        var files = listing.sources();
        var intake = files.intake();
        var found = new ArrayList<Configuration>();
        for (var reader : readers()) {
            found.addAll(reader.withValues(valueFiles).read(files, intake));
        }
        return new Infrastructure(files, intake, found);
    }

    /** The readers on the class path. */
    public static List<ResourceReader> readers() {
        return ServiceLoader.load(ResourceReader.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    public TreeFiles files() {
        return files;
    }

    public List<Configuration> configurations() {
        return configurations;
    }

    /** What could not be read, and what was left out. */
    public Intake intake() {
        return intake;
    }
}
