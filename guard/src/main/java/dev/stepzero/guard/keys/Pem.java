package dev.stepzero.guard.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The textual encoding of keys (RFC 7468), without headers or encryption. */
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    static String encode(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "%s\n%s\n%s\n".formatted(begin(label), lines, end(label));
    }

    /** The content of the only block with the label; empty if there is none, several, or one that is broken. */
    static Optional<byte[]> decode(String text, String label) {
        var begin = text.indexOf(begin(label));
        var end = text.indexOf(end(label));
        if (begin < 0 || end < begin + begin(label).length() || text.lastIndexOf(begin(label)) != begin) {
            return Optional.empty();
        }
        var base64 = text.substring(begin + begin(label).length(), end).replaceAll("[ \t\r\n]", "");
        try {
            return Optional.of(Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    private static String end(String label) {
        return "-----END " + label + "-----";
    }
}
