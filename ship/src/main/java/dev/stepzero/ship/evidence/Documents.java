package dev.stepzero.ship.evidence;

import dev.stepzero.core.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON documents that others may have written, read as objects. */
final class Documents {
    private Documents() {}

    static ObjectNode object(byte[] json, String what) {
        try {
            if (JsonMapper.shared().readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw UserError.unreadable(what + " is no JSON object");
        } catch (JacksonException e) {
            throw UserError.unreadable(what + " is not JSON").because(e);
        }
    }

    /** A list of manifests; anything else under its tag is somebody's, and stays. */
    static ObjectNode index(byte[] json, String mediaType) {
        var index = object(json, "the list of referrers");
        if (!index.path("mediaType").asString(mediaType).equals(mediaType)
                || !index.path("manifests").isArray()) {
            throw UserError.unreadable("something else stands where the list of referrers belongs")
                    .fix("look into what the tag holds, and remove it");
        }
        return index;
    }
}
