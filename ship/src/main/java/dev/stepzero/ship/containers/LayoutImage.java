package dev.stepzero.ship.containers;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One image of an OCI layout, its manifest and configuration checked against their digests.
 *
 * @param layout the directory that holds {@code blobs}
 * @param manifest the manifest's digest
 * @param mediaType the manifest's own type
 * @param config the configuration's digest
 * @param layers the layers' digests, lowest first
 */
record LayoutImage(Path layout, Digest manifest, String mediaType, Digest config, List<Digest> layers) {
    private static final long LARGEST_DOCUMENT = 4L * 1024 * 1024;
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final JsonMapper JSON = JsonMapper.shared();

    LayoutImage {
        layers = List.copyOf(layers);
    }

    /**
     * Reads the image with this manifest.
     *
     * @throws UserError if it is not there, broken, or of several platforms
     */
    static LayoutImage read(Path layout, Digest manifest) {
        var document = document(layout, manifest);
        var config = digest(document.path("config"), layout);
        document(layout, config);
        var layers = new ArrayList<Digest>();
        for (var layer : document.path("layers")) {
            var digest = digest(layer, layout);
            if (!Files.isRegularFile(blob(layout, digest))) {
                throw broken("no layer " + digest, layout);
            }
            layers.add(digest);
        }
        return new LayoutImage(layout, manifest, document.path("mediaType").asString(OCI_MANIFEST), config, layers);
    }

    Path blob(Digest digest) {
        return blob(layout, digest);
    }

    private static Path blob(Path layout, Digest digest) {
        return layout.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }

    private static JsonNode document(Path layout, Digest digest) {
        var file = blob(layout, digest);
        try {
            if (!Files.isRegularFile(file)) {
                throw broken("no blob " + digest, layout);
            }
            if (Files.size(file) > LARGEST_DOCUMENT) {
                throw broken("the document " + digest + " is larger than " + LARGEST_DOCUMENT + " bytes", layout);
            }
            var bytes = Files.readAllBytes(file);
            if (!Digest.of(bytes).equals(digest)) {
                throw broken("the content of " + digest + " is another", layout);
            }
            return JSON.readTree(bytes);
        } catch (IOException | JacksonException e) {
            throw broken("the document " + digest + " cannot be read", layout).because(e);
        }
    }

    private static Digest digest(JsonNode descriptor, Path layout) {
        var text = descriptor.path("digest").asString("");
        if (text.isEmpty()) {
            throw broken("no single image, or a manifest without a digest", layout);
        }
        return Digest.parse(text);
    }

    private static UserError broken(String what, Path layout) {
        return UserError.unreadable("the image cannot be loaded: " + what)
                .at(layout.toString())
                .fix("build the image again");
    }
}
