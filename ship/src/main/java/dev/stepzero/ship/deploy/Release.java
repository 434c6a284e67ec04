package dev.stepzero.ship.deploy;

import dev.stepzero.core.Digest;
import java.nio.file.Path;

/**
 * An image with the commit that it was made from.
 *
 * @param project the application's name
 * @param commit the full commit id
 * @param image the digest of the image's manifest
 * @param layout the OCI layout on disk that holds it
 */
public record Release(String project, String commit, Digest image, Path layout) {}
