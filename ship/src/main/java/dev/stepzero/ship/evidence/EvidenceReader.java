package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.ship.image.ArtifactStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads what lies beside an image, whoever put it there. What is too much or cannot be read is passed over: anybody who
 * may write there can add it, and what is missed for that is missing evidence.
 */
public final class EvidenceReader {
    private static final int MOST_ENVELOPES = 200;
    private static final int MOST_SIGNATURES = 100;
    private static final int LARGEST_ENVELOPE = 32 << 20;
    private static final int LARGEST_PAYLOAD = 64 << 10;
    private static final long MOST_BYTES = 128L << 20;

    private final ArtifactStore store;
    private final Map<Digest, String> envelopes = new LinkedHashMap<>();
    private long bytes;

    private EvidenceReader(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Everything beside an image.
     *
     * @throws UserError if the place itself cannot be read
     */
    public static Dossier read(ArtifactStore store, Digest image) throws InterruptedException {
        var reader = new EvidenceReader(store);
        var tag = Attachments.tag(image);
        reader.takeLayers(store.tagged(tag + ".att"));
        reader.takeReferrers(image, tag);
        var signatures = reader.signatures(store.tagged(tag + ".sig"));
        return new Dossier(image, store.place(), List.copyOf(reader.envelopes.values()), signatures);
    }

    private void takeReferrers(Digest image, String tag) throws InterruptedException {
        var listed = store.referrers(image);
        var descriptors = new ArrayList<>(listed.isPresent() ? listed.get() : fromTag(tag));
        // A list that only grows fills with deployments: they must not crowd out what admission asks for.
        descriptors.sort(Comparator.comparing(Referrer::isDeployment));
        for (var descriptor : descriptors) {
            if (Referrer.isEvidence(descriptor) && envelopes.size() < MOST_ENVELOPES) {
                var digest = digest(descriptor);
                if (digest.isPresent()) {
                    takeLayers(manifest(digest.get()));
                }
            }
        }
    }

    private Optional<byte[]> manifest(Digest digest) throws InterruptedException {
        try {
            return Optional.of(store.manifest(digest));
        } catch (UserError e) {
            return unlessDown(e);
        }
    }

    private List<JsonNode> fromTag(String tag) throws InterruptedException {
        var list = new ArrayList<JsonNode>();
        var found = store.tagged(tag);
        if (found.isPresent()) {
            Documents.index(found.get(), Referrer.INDEX).path("manifests").forEach(list::add);
        }
        return list;
    }

    private void takeLayers(Optional<byte[]> manifest) throws InterruptedException {
        for (var layer : CosignManifest.layers(manifest)) {
            var digest = digest(layer);
            var isEnvelope = layer.path("mediaType").asString("").equals(Referrer.ENVELOPE);
            if (isEnvelope && digest.isPresent() && !envelopes.containsKey(digest.get())) {
                content(digest.get(), layer, LARGEST_ENVELOPE).ifPresent(text -> envelopes.put(digest.get(), text));
            }
        }
    }

    private List<ImageSignature> signatures(Optional<byte[]> manifest) throws InterruptedException {
        var signatures = new ArrayList<ImageSignature>();
        for (var layer : CosignManifest.layers(manifest)) {
            var digest = digest(layer);
            var isPayload = layer.path("mediaType").asString("").equals(CosignManifest.SIMPLE_SIGNING);
            if (isPayload && digest.isPresent() && signatures.size() < MOST_SIGNATURES) {
                var signature =
                        layer.path("annotations").path(CosignManifest.SIGNATURE).asString("");
                content(digest.get(), layer, LARGEST_PAYLOAD)
                        .ifPresent(payload -> signatures.add(new ImageSignature(payload, signature)));
            }
        }
        return signatures;
    }

    private Optional<String> content(Digest digest, JsonNode descriptor, int most) throws InterruptedException {
        var size = descriptor.path("size").asLong(Long.MAX_VALUE);
        if (size > most || size < 0 || bytes + size > MOST_BYTES || envelopes.size() >= MOST_ENVELOPES) {
            return Optional.empty();
        }
        bytes += size;
        try {
            return Optional.of(new String(store.content(digest, size), StandardCharsets.UTF_8));
        } catch (UserError e) {
            return unlessDown(e);
        }
    }

    /** A part that is damaged or gone is not there; a place that does not answer is another matter. */
    private static <T> Optional<T> unlessDown(UserError error) {
        if (error.status() == dev.stepzero.core.ExitStatus.ENGINE) {
            throw error;
        }
        return Optional.empty();
    }

    private static Optional<Digest> digest(JsonNode descriptor) {
        var text = descriptor.path("digest").asString("");
        return text.matches("sha256:[0-9a-f]{64}") ? Optional.of(Digest.parse(text)) : Optional.empty();
    }
}
