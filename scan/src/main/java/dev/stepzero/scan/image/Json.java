package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of images so that it can mean one thing only. */
final class Json {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static JsonNode read(byte[] content, String place) {
        try {
            var document = STRICT.readTree(content);
            refuseAmbiguous(document, place);
            return document;
        } catch (JacksonException e) {
            throw broken("it is no clean JSON: " + Printable.of(e.getOriginalMessage()), place)
                    .because(e);
        }
    }

    /** Engines written in Go take {@code Layers} for {@code layers}: with both, they would see another image. */
    static void refuseAmbiguous(JsonNode object, String place) {
        var seen = new HashSet<String>();
        for (var name : object.propertyNames()) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw broken("the key " + Printable.of(name) + " is there twice but for upper and lower case", place);
            }
        }
    }

    /** The items of an array; none where it is absent. */
    static List<JsonNode> list(JsonNode node, String place) {
        if (!(node.isMissingNode() || node.isNull() || node.isArray())) {
            throw broken("it has something else where a list belongs", place);
        }
        return List.copyOf(node.values());
    }

    static Digest digest(JsonNode descriptor, String place) {
        var text = descriptor.path("digest").asString("");
        if (!text.startsWith("sha256:")) {
            throw broken("it refers to content without a SHA-256 digest: '" + Printable.of(text) + "'", place);
        }
        return Digest.parse(text);
    }

    private static UserError broken(String what, String place) {
        return UserError.unreadable("a document of the image cannot be read: " + what)
                .at(place)
                .fix("build or pull the image again");
    }
}
