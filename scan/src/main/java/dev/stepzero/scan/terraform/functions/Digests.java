package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Functions of hashes, identifiers and ciphers. */
final class Digests {
    private static final long DNS_MOST = 0x6ba7b8109dad11d1L;
    private static final long DNS_LEAST = 0x80b400c04fd430c8L;

    private Digests() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "md5", "sha1", "sha256", "sha512" ->
                Value.of(hex(arguments.function(), Encodings.utf8(arguments.text(0))));
            case "base64sha256", "base64sha512" ->
                Value.of(base64(arguments.function().substring("base64".length()), Encodings.utf8(arguments.text(0))));
            case "uuidv5" -> Value.of(named(arguments.text(0), arguments.text(1)));
            case "rsadecrypt" -> Value.of(RsaDecryption.of(arguments.text(0), arguments.text(1)));
            case "bcrypt", "uuid" ->
                Unknown.because(arguments.function() + "() gives something else at every run")
                        .present();
            default -> throw Subject.missing(arguments);
        };
    }

    static String hex(String name, byte[] bytes) {
        return HexFormat.of().formatHex(digest(name, bytes));
    }

    static String base64(String name, byte[] bytes) {
        return Encodings.base64(digest(name, bytes));
    }

    private static byte[] digest(String name, byte[] bytes) {
        var algorithm = switch (name) {
            case "md5" -> "MD5";
            case "sha1" -> "SHA-1";
            case "sha256" -> "SHA-256";
            default -> "SHA-512";
        };
        try {
            // stepzero:ignore java-weak-hash Terraform's functions md5 and sha1 give what their names say
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    /** RFC 9562, section 5.5. */
    private static String named(String namespace, String name) {
        var space = switch (namespace) {
            case "dns" -> new UUID(DNS_MOST, DNS_LEAST);
            case "url" -> new UUID(DNS_MOST + (1L << 32), DNS_LEAST);
            case "oid" -> new UUID(DNS_MOST + (2L << 32), DNS_LEAST);
            case "x500" -> new UUID(DNS_MOST + (4L << 32), DNS_LEAST);
            default -> parsed(namespace);
        };
        var text = Encodings.utf8(name);
        var input = ByteBuffer.allocate(16 + text.length)
                .putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .put(text)
                .array();
        var hash = ByteBuffer.wrap(digest("sha1", input));
        long most = (hash.getLong() & ~0xF000L) | 0x5000L;
        long least = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least).toString();
    }

    private static UUID parsed(String namespace) {
        try {
            if (namespace.length() == 36) {
                return UUID.fromString(namespace);
            }
        } catch (IllegalArgumentException e) {
            // Said below, in Terraform's words.
        }
        throw new FunctionError("uuidv5() doesn't support namespace " + namespace);
    }
}
