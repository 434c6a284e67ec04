package dev.stepzero.guard.evidence;

import dev.stepzero.core.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A DSSE envelope, version 1: bytes, their type, and signatures over both.
 * <a href="https://github.com/secure-systems-lab/dsse">Its specification</a> lets a reader pass over fields that it does
 * not know.
 */
final class Envelope {
    static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final int MOST_SIGNATURES = 64;

    private final String payloadType;
    private final byte[] payload;
    private final List<Signed> signatures;

    private Envelope(String payloadType, byte[] payload, List<Signed> signatures) {
        this.payloadType = payloadType;
        this.payload = payload;
        this.signatures = List.copyOf(signatures);
    }

    /** A signature in base64 and a hint at the key that made it, which proves nothing and may be empty. */
    record Signed(String keyId, String signature) {
        byte[] bytes() {
            return decode(signature);
        }
    }

    /** The bytes that are signed: the pre-authentication encoding. */
    static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
        var type = payloadType.getBytes(StandardCharsets.UTF_8);
        var encoding = new ByteArrayOutputStream(payload.length + type.length + 32);
        encoding.writeBytes("DSSEv1 %d ".formatted(type.length).getBytes(StandardCharsets.US_ASCII));
        encoding.writeBytes(type);
        encoding.writeBytes(" %d ".formatted(payload.length).getBytes(StandardCharsets.US_ASCII));
        encoding.writeBytes(payload);
        return encoding.toByteArray();
    }

    static Map<String, Object> fields(String payloadType, byte[] payload, String keyId, byte[] signature) {
        var base64 = Base64.getEncoder();
        return Map.of(
                "payloadType", payloadType,
                "payload", base64.encodeToString(payload),
                "signatures", List.of(Map.of("keyid", keyId, "sig", base64.encodeToString(signature))));
    }

    /**
     * The bytes in which we write such an envelope: keys in order, no space. A database may hand JSON back in another
     * form; its digest is that of these.
     */
    byte[] canonical() {
        var base64 = Base64.getEncoder();
        var json = Json.ofEnvelopes();
        return json.write(json.tree(Map.of(
                "payloadType",
                payloadType,
                "payload",
                base64.encodeToString(payload),
                "signatures",
                signatures.stream()
                        .map(each -> Map.of("keyid", each.keyId(), "sig", each.signature()))
                        .toList())));
    }

    static Envelope of(JsonNode json) {
        var signatures = new ArrayList<Signed>();
        for (var each : json.path("signatures").values()) {
            signatures.add(new Signed(each.path("keyid").stringValue(""), text(each, "sig")));
        }
        if (signatures.size() > MOST_SIGNATURES) {
            throw broken("%d signatures are more than %d".formatted(signatures.size(), MOST_SIGNATURES));
        }
        return new Envelope(text(json, "payloadType"), decode(text(json, "payload")), signatures);
    }

    String payloadType() {
        return payloadType;
    }

    byte[] payload() {
        return payload.clone();
    }

    List<Signed> signatures() {
        return signatures;
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).stringValueOpt().orElseThrow(() -> broken("it has no text '" + field + "'"));
    }

    /** Either alphabet of base64, as the specification asks of a reader. */
    private static byte[] decode(String base64) {
        var urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
        try {
            return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(base64);
        } catch (IllegalArgumentException e) {
            throw broken("it holds broken base64").because(e);
        }
    }

    private static UserError broken(String why) {
        return UserError.unreadable("the evidence is no DSSE envelope: " + why);
    }
}
