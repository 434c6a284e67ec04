package dev.stepzero.scan.packages.installed;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one file says about what is installed; it holds only if the file is still there when all layers are read. */
sealed interface Fact {

    /**
     * A package of the operating system. Its package URL waits for the distribution, which another file names.
     *
     * @param type such as {@code deb}
     * @param epoch of an RPM, where it has one; the other kinds have theirs within the version
     * @param architecture empty where it is not told
     */
    record OsPackage(
            String type,
            String name,
            String version,
            String epoch,
            String architecture,
            Optional<SourcePackage> source,
            List<String> licenses)
            implements Fact {}

    /**
     * A package of a language.
     *
     * @param within what to add to the file's path, such as {@code !/BOOT-INF/lib/inner.jar}
     */
    record Library(PackageUrl purl, String within, Scope scope, Optional<Digest> digest, List<String> licenses)
            implements Fact {
        static Library of(PackageUrl purl, List<String> licenses) {
            return new Library(purl, "", Scope.RUNTIME, Optional.empty(), licenses);
        }
    }

    /** Files that the operating system's packages brought, by absolute path. */
    record Owned(Set<String> paths) implements Fact {}

    /** The operating system itself. */
    record Release(Distribution distribution) implements Fact {}

    /**
     * A part of the file that could not be read.
     *
     * @param within as in {@link Library}; empty for the whole file
     */
    record Unread(String within, String why) implements Fact {}
}
