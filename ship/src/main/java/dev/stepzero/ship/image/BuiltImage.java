package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.debian.LockedPackage;
import java.nio.file.Path;
import java.util.List;

/**
 * An image that was built.
 *
 * @param digest of its manifest: the image's identity everywhere
 * @param config the digest of its configuration, which engines call the image's id
 * @param name under which the layout lists it
 * @param compressedBytes what a registry stores for it
 * @param layout the OCI layout that holds it
 * @param packages the Debian packages inside
 * @param machineBase whether its base are this machine's libraries instead of Debian packages
 * @param notes what the user should know, a sentence each
 */
public record BuiltImage(
        Digest digest,
        Digest config,
        String name,
        long compressedBytes,
        Path layout,
        List<Contained> packages,
        boolean machineBase,
        List<String> notes) {

    /** A package by its name and Debian version, and the digest of the {@code .deb} that it came in. */
    public record Contained(String name, String version, String architecture, Digest sha256) {
        static Contained of(LockedPackage locked) {
            return new Contained(locked.name(), locked.version(), locked.architecture(), locked.sha256());
        }
    }

    public BuiltImage {
        packages = List.copyOf(packages);
        notes = List.copyOf(notes);
    }
}
