package dev.stepzero.ship.affected;

/**
 * A package where it serves.
 *
 * @param image the digest of the image that holds it
 * @param purl the package with its version
 * @param place its path in the image
 */
public record Serving(String project, String environment, String image, String commit, String purl, String place) {}
