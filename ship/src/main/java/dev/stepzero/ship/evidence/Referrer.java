package dev.stepzero.ship.evidence;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.image.ArtifactStore.Changed;
import dev.stepzero.ship.image.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evidence as an OCI artifact that refers to its image: image specification 1.1, "Guidelines for Artifact Usage", with
 * the media types of in-toto's {@code envelope.md}.
 */
final class Referrer {
    static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";
    static final String PREDICATE = "in-toto.io/predicate-type";

    /** Whose evidence it is: the next one of the same key and kind takes its place in the list. */
    static final String KEY = "dev.stepzero.key";

    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Pattern ARTIFACT = Pattern.compile("application/vnd\\.in-toto\\.[a-z0-9-]+\\+dsse");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final byte[] envelope;
    private final byte[] manifest;

    private Referrer(byte[] envelope, byte[] manifest) {
        this.envelope = envelope;
        this.manifest = manifest;
    }

    /** The only layer. */
    byte[] envelope() {
        return envelope.clone();
    }

    /** The artifact's manifest. */
    byte[] manifest() {
        return manifest.clone();
    }

    static Referrer of(byte[] image, SignedEvidence evidence, String key) {
        var envelope = evidence.envelope().getBytes(StandardCharsets.UTF_8);
        var manifest = JSON.createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", ImageManifest.MEDIA_TYPE)
                .put("artifactType", artifactType(evidence.predicateType()));
        manifest.set("config", descriptor("application/vnd.oci.empty.v1+json", EMPTY));
        manifest.putArray("layers").add(descriptor(ENVELOPE, envelope));
        manifest.set("subject", descriptor(ImageManifest.MEDIA_TYPE, image));
        manifest.putObject("annotations")
                .put(KEY, key)
                .put("dev.stepzero.subject", evidence.subject())
                .put(PREDICATE, evidence.predicateType());
        return new Referrer(envelope, manifest.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String artifactType(String predicateType) {
        return "application/vnd.in-toto.%s+dsse".formatted(PredicateType.shortName(predicateType));
    }

    static ObjectNode descriptor(String mediaType, byte[] content) {
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", Digest.of(content).toString())
                .put("size", content.length);
    }

    /** Whether a descriptor in a list of referrers announces evidence. */
    static boolean isEvidence(JsonNode descriptor) {
        return ARTIFACT.matcher(descriptor.path("artifactType").asString("")).matches();
    }

    /** Whether a descriptor announces where an image was deployed. */
    static boolean isDeployment(JsonNode descriptor) {
        return descriptor.path("artifactType").asString("").equals(artifactType(PredicateType.DEPLOYMENT));
    }

    /** The descriptor that lists it, with artifact type and annotations lifted from the manifest. */
    ObjectNode descriptor() {
        var tree = JSON.readTree(manifest);
        var descriptor = descriptor(ImageManifest.MEDIA_TYPE, manifest);
        descriptor.set("annotations", tree.path("annotations"));
        descriptor.set("artifactType", tree.path("artifactType"));
        return descriptor;
    }

    /**
     * Adds referrers to the list that a tag keeps where the place itself keeps none: distribution specification 1.1,
     * "Referrers Tag Schema". What others listed stays as it is.
     */
    static Changed listed(Optional<byte[]> list, List<Referrer> added) {
        var index = list.map(bytes -> Documents.index(bytes, INDEX)).orElseGet(Referrer::emptyIndex);
        var manifests = new ArrayList<JsonNode>();
        var fresh = added.stream().map(Referrer::descriptor).toList();
        for (var known : index.path("manifests")) {
            if (fresh.stream().noneMatch(each -> replaces(each, known))) {
                manifests.add(known);
            }
        }
        manifests.addAll(fresh);
        index.putArray("manifests").addAll(manifests);
        return new Changed(index.toString().getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static boolean replaces(JsonNode fresh, JsonNode known) {
        return fresh.path("digest").equals(known.path("digest"))
                || List.of(KEY, PREDICATE, "dev.stepzero.subject").stream().allMatch(name -> same(fresh, known, name));
    }

    private static boolean same(JsonNode fresh, JsonNode known, String annotation) {
        return fresh.path("annotations")
                .path(annotation)
                .equals(known.path("annotations").path(annotation));
    }

    private static ObjectNode emptyIndex() {
        var index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        index.putArray("manifests");
        return index;
    }
}
