package dev.stepzero.scan.packages.installed.archive;

import dev.stepzero.core.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A library that a Java archive is or carries.
 *
 * @param group the Maven group; where nothing tells it, the artifact's own name, as with the oldest libraries
 * @param within empty for the archive itself, else {@code !/inner.jar} for each level
 * @param digest of the archive that is this library; empty for one that was merged into another
 * @param licenses as its POM or manifest writes them
 */
public record JavaLibrary(
        String group, String artifact, String version, String within, Optional<Digest> digest, List<String> licenses) {
    public JavaLibrary {
        licenses = List.copyOf(licenses);
    }
}
