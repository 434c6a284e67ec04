package dev.stepzero.ship.contents;

import java.util.List;

/**
 * What a build put into an image.
 *
 * @param packages the Debian packages of its base; none if the base are the machine's libraries
 * @param runtime the version of the Java runtime; empty if there is none
 * @param archives the Java archives of the application
 * @param directory where on disk the application lies that went to {@code /app} as a whole; empty if none did
 */
public record Contents(List<Deb> packages, String runtime, List<Archive> archives, String directory) {
    public Contents {
        packages = List.copyOf(packages);
        archives = List.copyOf(archives);
    }

    /** A Debian package, and the SHA-256 in hex of the {@code .deb} that it came in. */
    public record Deb(String name, String version, String architecture, String sha256) {}

    /**
     * A Java archive.
     *
     * @param place its path in the image
     * @param file where it lies on disk
     * @param sha256 its digest in hex, from before the image was made
     */
    public record Archive(String place, String file, String sha256) {}
}
