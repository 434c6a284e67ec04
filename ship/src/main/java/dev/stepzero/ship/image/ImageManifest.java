package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an image consists of.
 *
 * @param config its configuration, whose digest is the image's id
 * @param layers its layers, the lowest first
 */
public record ImageManifest(Blob config, List<Blob> layers) {
    /** The media type of an OCI image's manifest. */
    public static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private static final int MOST_LAYERS = 128;
    private static final long LARGEST_BLOB = 10L << 30;

    /** {@code size} is in bytes. */
    public record Blob(String mediaType, Digest digest, long size) {}

    public ImageManifest {
        layers = List.copyOf(layers);
    }

    /**
     * Reads a manifest.
     *
     * @throws UserError if it is not an image's manifest, as an index is not, has more than 128 layers, or one
     *     of more than 10 GiB
     */
    public static ImageManifest parse(byte[] json) {
        try {
            var tree = JsonMapper.shared().readTree(json);
            var layers = new ArrayList<Blob>();
            if (!tree.path("layers").isArray() || tree.path("layers").size() > MOST_LAYERS) {
                throw refused();
            }
            tree.path("layers").forEach(layer -> layers.add(blob(layer)));
            return new ImageManifest(blob(tree.path("config")), layers);
        } catch (JacksonException e) {
            throw refused().because(e);
        }
    }

    private static Blob blob(JsonNode node) {
        var size = node.path("size").asLong(-1);
        var digest = node.path("digest").asString("");
        if (size < 0 || size > LARGEST_BLOB || !digest.startsWith("sha256:")) {
            throw refused();
        }
        return new Blob(node.path("mediaType").asString(""), Digest.parse(digest), size);
    }

    private static UserError refused() {
        return UserError.unreadable("not the manifest of an image").fix("name the digest of a single image");
    }

    /** The size of everything that a registry stores for the image but the manifest, in bytes. */
    public long compressedBytes() {
        return config.size() + layers.stream().mapToLong(Blob::size).sum();
    }
}
