package dev.stepzero.ship.image;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What an image says about itself, in its labels and its manifest's annotations.
 *
 * @param title the application's name: lower-case letters, digits and hyphens
 * @param version its version, or the short form of the commit
 * @param revision the full commit id
 * @param source where the code can be found; may be empty
 * @param created the commit's time, not the build's: the same commit gives the same image
 */
public record BuildFacts(String title, String version, String revision, String source, Instant created) {

    /** The same facts about an image whose packages were settled at a time: it is not older than those. */
    BuildFacts notBefore(Instant settled) {
        var second = settled.truncatedTo(ChronoUnit.SECONDS);
        return second.isAfter(created) ? new BuildFacts(title, version, revision, source, second) : this;
    }
}
