package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.ImageSignature;
import java.util.List;

/**
 * Everything that was found about an image, not yet believed.
 *
 * @param image the image
 * @param place where it was found, for people
 * @param envelopes DSSE envelopes as JSON
 * @param signatures of the image itself
 */
public record Dossier(Digest image, String place, List<String> envelopes, List<ImageSignature> signatures) {
    public Dossier {
        envelopes = List.copyOf(envelopes);
        signatures = List.copyOf(signatures);
    }
}
