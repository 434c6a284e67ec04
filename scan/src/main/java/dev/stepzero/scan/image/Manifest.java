package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What makes up an image: its configuration and its layers, base first.
 *
 * @param digest the manifest's digest, or the configuration's where the archive has no manifest
 * @param annotations of the manifest, by name
 */
record Manifest(Digest digest, ImageConfig config, List<LayerBlob> layers, Map<String, String> annotations) {

    static Manifest read(Blobs blobs, Digest digest, ImageLimits limits) {
        if (blobs.has(Blobs.nameOf(digest))) {
            var document = Json.read(blobs.document(digest), blobs.place() + ": " + digest);
            if (document.has("manifests")) {
                throw severalPlatforms(document, blobs.place(), digest);
            }
            if (document.has("layers")) {
                return fromOci(blobs, digest, document, limits);
            }
        }
        return fromDockerSave(blobs, digest, limits).orElseThrow(() -> blobs.missing("manifest " + digest));
    }

    private static UserError severalPlatforms(JsonNode index, String place, Digest digest) {
        var choices = index.path("manifests")
                .valueStream()
                .limit(20)
                .map(manifest -> Printable.of(
                        manifest.path("platform").path("architecture").asString("?") + " "
                                + manifest.path("digest").asString("?")))
                .toList();
        return UserError.unreadable(digest + " is an index of images, not an image")
                .at(place)
                .fix("name one of its manifests: " + String.join(", ", choices));
    }

    private static Manifest fromOci(Blobs blobs, Digest digest, JsonNode manifest, ImageLimits limits) {
        var place = blobs.place() + ": manifest " + digest;
        var configDigest = Json.digest(manifest.path("config"), place);
        var configuration = Json.read(blobs.document(configDigest), blobs.place() + ": config " + configDigest);
        var descriptors = Json.list(manifest.path("layers"), place);
        refuseTooMany(descriptors.size(), limits, place);
        var instructions = History.instructions(configuration, descriptors.size());
        var layers = new ArrayList<LayerBlob>();
        for (var descriptor : descriptors) {
            var layer = Json.digest(descriptor, place);
            var name = Blobs.nameOf(layer);
            var size = blobs.size(name).orElseThrow(() -> blobs.missing(name));
            if (descriptor.path("size").asLong(size) != size) {
                throw UserError.unreadable("a layer has " + size + " bytes instead of the promised "
                                + descriptor.path("size").asLong())
                        .at(blobs.place() + ": " + name)
                        .fix("the image was damaged or tampered with: build or pull it again");
            }
            var index = layers.size();
            layers.add(new LayerBlob(new Layer(index, layer, size, instructions.get(index)), name, false));
        }
        return new Manifest(
                digest, ConfigReader.read(configuration, place), List.copyOf(layers), annotations(manifest));
    }

    private static Map<String, String> annotations(JsonNode manifest) {
        var annotations = new HashMap<String, String>();
        manifest.path("annotations")
                .properties()
                .forEach(each -> annotations.put(each.getKey(), each.getValue().asString("")));
        return Map.copyOf(annotations);
    }

    /** The digests of another image's layers; empty where its manifest is not here. */
    static Optional<List<Digest>> layersOf(Blobs blobs, Digest digest) {
        if (!blobs.has(Blobs.nameOf(digest))) {
            return Optional.empty();
        }
        var document = Json.read(blobs.document(digest), blobs.place() + ": " + digest);
        return document.path("layers").isArray()
                ? Optional.of(document.path("layers")
                        .valueStream()
                        .map(layer -> Json.digest(layer, blobs.place()))
                        .toList())
                : Optional.empty();
    }

    /** Classic docker save has no manifest of the registry's kind: the image is known by its configuration. */
    private static Optional<Manifest> fromDockerSave(Blobs blobs, Digest digest, ImageLimits limits) {
        if (!blobs.has("manifest.json")) {
            return Optional.empty();
        }
        var place = blobs.place() + ": manifest.json";
        for (var image : Json.list(Json.read(blobs.document("manifest.json"), place), place)) {
            var configName = image.path("Config").asString("");
            var content = blobs.document(configName);
            if (Digest.of(content).equals(digest)) {
                var configuration = Json.read(content, blobs.place() + ": " + Printable.of(configName));
                return Optional.of(new Manifest(
                        digest,
                        ConfigReader.read(configuration, place),
                        savedLayers(blobs, image, configuration, limits),
                        Map.of()));
            }
        }
        return Optional.empty();
    }

    private static List<LayerBlob> savedLayers(
            Blobs blobs, JsonNode image, JsonNode configuration, ImageLimits limits) {
        var place = blobs.place() + ": manifest.json";
        var names = Json.list(image.path("Layers"), place);
        var tars = Json.list(configuration.path("rootfs").path("diff_ids"), place);
        refuseTooMany(names.size(), limits, place);
        if (names.size() != tars.size()) {
            throw UserError.unreadable(
                            "the archive holds " + names.size() + " layers, the image is made of " + tars.size())
                    .at(place)
                    .fix("save the image again");
        }
        var instructions = History.instructions(configuration, names.size());
        var layers = new ArrayList<LayerBlob>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i).asString("");
            var size = blobs.size(name).orElseThrow(() -> blobs.missing(name));
            var tar = Digest.parse(tars.get(i).asString(""));
            layers.add(new LayerBlob(new Layer(i, tar, size, instructions.get(i)), name, true));
        }
        return List.copyOf(layers);
    }

    private static void refuseTooMany(int layers, ImageLimits limits, String place) {
        if (layers > limits.layers()) {
            throw UserError.unreadable("the image has " + layers + " layers, more than " + limits.layers())
                    .at(place)
                    .fix("no container engine mounts so many: build it with fewer");
        }
    }
}
