package dev.stepzero.ship.deploy;

import dev.stepzero.core.Digest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An environment that stands. Every operation may be repeated, and may follow a {@code kill -9} of the one before: it
 * looks at what is there and brings it to what was asked.
 */
public interface Tiers {

    /** Where users reach the colour that serves. */
    URI live();

    /** Where only this host reaches the colour that is shown, through the same load balancer. */
    URI preview();

    /** The colour that takes the traffic, as the load balancer itself says; empty before the first deployment. */
    Optional<Colour> serving() throws InterruptedException;

    /** The image that runs under a colour with all its replicas up; empty when none or not all do. */
    Optional<Digest> running(Colour colour) throws InterruptedException;

    /** Brings the schema to what the release needs, as the schema's owner, and waits until that is done. */
    void migrate(Release release) throws InterruptedException;

    /** Replaces whatever is under the colour by fresh replicas of the release; does not wait for their health. */
    void start(Release release, Colour colour) throws InterruptedException;

    /** Leads the preview address to a colour. */
    void show(Colour colour) throws InterruptedException;

    /** Leads new requests to a colour; those under way on the other one are completed there. */
    void serve(Colour colour) throws InterruptedException;

    /** Waits until the colour answers no request any more, at most 30 seconds, then stops and removes its replicas. */
    void stop(Colour colour) throws InterruptedException;

    /** The last lines that the replicas of a colour wrote, oldest first, for the story of a failure. */
    List<String> output(Colour colour, int lines) throws InterruptedException;
}
