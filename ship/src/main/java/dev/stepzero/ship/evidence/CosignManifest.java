package dev.stepzero.ship.evidence;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.ImageSignature;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.image.ArtifactStore.Changed;
import dev.stepzero.ship.image.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The manifests in which cosign keeps signatures and attestations of an image, one layer each, under a tag that is made
 * of the image's digest: cosign's {@code SIGNATURE_SPEC.md} and {@code ATTESTATION_SPEC.md}. The bytes are those that
 * cosign itself writes.
 */
final class CosignManifest {
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String PREDICATE = "predicateType";
    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final JsonMapper JSON = JsonMapper.shared();

    private CosignManifest() {}

    /** Adds a signature, unless the same key's signature over the same text is there. */
    static Changed signed(Optional<byte[]> manifest, ImageSignature signature, VerificationKey signer) {
        var payload = signature.payload().getBytes(StandardCharsets.UTF_8);
        var layer = Referrer.descriptor(SIMPLE_SIGNING, payload);
        layer.putObject("annotations").put(SIGNATURE, signature.signature());
        var layers = layers(manifest);
        var known = layers.stream()
                .filter(each -> each.path("digest").equals(layer.path("digest")))
                .map(each -> each.path("annotations").path(SIGNATURE).asString(""))
                .anyMatch(text -> new ImageSignature(signature.payload(), text)
                        .signer(List.of(signer))
                        .isPresent());
        if (!known) {
            layers.add(layer);
        }
        return changed(layers, List.of(payload));
    }

    /** Adds attestations; an earlier one of the same key and kind gives way. */
    static Changed attested(Optional<byte[]> manifest, List<SignedEvidence> evidence, String key) {
        var layers = layers(manifest);
        var fresh = new ArrayList<JsonNode>();
        var blobs = new ArrayList<byte[]>();
        for (var each : evidence) {
            layers.removeIf(isOf(key, each.predicateType()));
            var envelope = each.envelope().getBytes(StandardCharsets.UTF_8);
            var layer = Referrer.descriptor(Referrer.ENVELOPE, envelope);
            layer.putObject("annotations")
                    .put(SIGNATURE, "")
                    .put(Referrer.KEY, key)
                    .put(PREDICATE, each.predicateType());
            fresh.add(layer);
            blobs.add(envelope);
        }
        layers.addAll(fresh);
        return changed(layers, blobs);
    }

    private static Predicate<JsonNode> isOf(String key, String predicateType) {
        return layer -> layer.path("annotations")
                        .path(Referrer.KEY)
                        .asString("")
                        .equals(key)
                && layer.path("annotations").path(PREDICATE).asString("").equals(predicateType);
    }

    static List<JsonNode> layers(Optional<byte[]> manifest) {
        var layers = new ArrayList<JsonNode>();
        if (manifest.isPresent()) {
            var known = Documents.object(manifest.get(), "the manifest of signatures")
                    .path("layers");
            if (!known.isArray()) {
                throw UserError.unreadable("something else stands where cosign keeps signatures")
                        .fix("look into what the tag holds, and remove it");
            }
            known.forEach(layers::add);
        }
        return layers;
    }

    private static Changed changed(List<JsonNode> layers, List<byte[]> blobs) {
        var config = config(layers).toString().getBytes(StandardCharsets.UTF_8);
        var manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", ImageManifest.MEDIA_TYPE);
        manifest.set("config", ordered(Referrer.descriptor("application/vnd.oci.image.config.v1+json", config)));
        var array = manifest.putArray("layers");
        layers.forEach(layer -> array.add(ordered(layer)));
        var all = new ArrayList<>(blobs);
        all.add(config);
        return new Changed(manifest.toString().getBytes(StandardCharsets.UTF_8), all);
    }

    /** The size before the digest, as cosign's library for registries writes descriptors. */
    private static ObjectNode ordered(JsonNode descriptor) {
        var ordered = JSON.createObjectNode();
        for (var name : List.of("mediaType", "size", "digest")) {
            ordered.set(name, descriptor.path(name));
        }
        descriptor.properties().forEach(each -> ordered.putIfAbsent(each.getKey(), each.getValue()));
        return ordered;
    }

    /** An image's configuration that says nothing but which layers there are. */
    private static ObjectNode config(List<JsonNode> layers) {
        var config = JSON.createObjectNode().put("architecture", "").put("created", NEVER);
        var history = config.putArray("history");
        layers.forEach(layer -> history.addObject().put("created", NEVER));
        config.put("os", "");
        var rootfs = config.putObject("rootfs").put("type", "layers");
        var layerDigests = rootfs.putArray("diff_ids");
        layers.forEach(layer -> layerDigests.add(layer.path("digest")));
        config.putObject("config");
        return config;
    }
}
