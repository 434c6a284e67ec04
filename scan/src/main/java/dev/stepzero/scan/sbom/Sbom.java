package dev.stepzero.scan.sbom;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Inventory;
import java.time.Instant;
import java.util.Optional;

/**
 * What a subject is made of, at a time. The same SBOM is always written as the same bytes.
 *
 * @param name what people call the subject
 * @param version the subject's own version, such as a commit; empty where it has none
 * @param image the digest of the manifest, where the subject is an image
 * @param created when it was made; of a release, the time of its commit, so that it can be made again
 * @param inventory the packages
 */
public record Sbom(String name, String version, Optional<Digest> image, Instant created, Inventory inventory) {}
