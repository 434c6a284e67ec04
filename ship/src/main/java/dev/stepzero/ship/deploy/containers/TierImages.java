package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.Digest;
import java.nio.file.Path;

/** The images of the tiers that are not the application's own; asked for when an environment is prepared. */
public interface TierImages {

    /** An image with HAProxy that reads {@code /etc/haproxy/haproxy.cfg}. */
    TierImage loadBalancer() throws InterruptedException;

    /** An image with a shell and PostgreSQL, whose programs are on the path; asked for only where there is a database. */
    TierImage database() throws InterruptedException;

    /**
     * Where an image is.
     *
     * @param layout an OCI layout on disk
     * @param manifest the digest of the image's manifest in it
     */
    record TierImage(Path layout, Digest manifest) {}
}
