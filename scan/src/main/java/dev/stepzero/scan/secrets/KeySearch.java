package dev.stepzero.scan.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Seeks private keys in text form (RFC 7468, OpenSSH, OpenPGP, PuTTY) in a stream of any length. The header alone is no
 * key, for programs that read keys contain it: the beginning of a key's own bytes must follow.
 */
final class KeySearch {
    private static final byte[] MARK = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PUTTY = "PuTTY-User-Key-File-".getBytes(StandardCharsets.US_ASCII);
    private static final int BEFORE = 32;
    private static final int AFTER = 1024;
    private static final int CHUNK = 256 << 10;

    /** With what DER of any private key begins. */
    private static final byte SEQUENCE = 0x30;

    private static final String OPENSSH = "openssh-key-v1\0";
    /** The cipher's name follows the magic and its own length. */
    private static final int OPENSSH_CIPHER = OPENSSH.length() + 4;

    /** Line ends may be escaped, as in the JSON of a cloud's service account. */
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (?<kind>(?:[A-Z0-9]{2,10} )?)PRIVATE KEY(?: BLOCK)?-----(?:\\\\r|\\\\n|\\s){1,8}+"
                    + "(?<headers>(?:[A-Za-z-]{2,30}: [^\\r\\n]{0,80}+[\\r\\n]{1,2}+){0,5}+)[\\r\\n]{0,2}+"
                    + "(?<body>[A-Za-z0-9+/]{40})");

    private final int[] skips = new int[256];
    private byte[] window = new byte[0];

    KeySearch() {
        Arrays.fill(skips, MARK.length);
        for (int i = 0; i < MARK.length - 1; i++) {
            skips[MARK[i]] = MARK.length - 1 - i;
        }
    }

    /** Says what key there is in the beginning of a file. */
    Optional<String> find(byte[] head, int length) {
        if (length >= PUTTY.length && Arrays.equals(head, 0, PUTTY.length, PUTTY, 0, PUTTY.length)) {
            return Optional.of("a PuTTY private key");
        }
        return search(head, length);
    }

    /** Is told of each part of a stream, which begins with the end of the part before. */
    interface Parts {
        void part(byte[] window, int length);
    }

    /** The rest of a file that begins with the head: what is read of it is searched on the way. */
    Watched watch(byte[] head, int length, InputStream rest, Parts parts) {
        if (window.length == 0) {
            window = new byte[BEFORE + AFTER + CHUNK];
        }
        int kept = Math.min(length, BEFORE + AFTER);
        System.arraycopy(head, length - kept, window, 0, kept);
        return new Watched(rest, kept, parts);
    }

    /** A stream in whose bytes keys are sought; there is one at a time. */
    final class Watched extends InputStream {
        private final InputStream in;
        private int at;
        private int length;
        private final Parts parts;
        private Optional<String> found = Optional.empty();

        private Watched(InputStream in, int kept, Parts parts) {
            this.in = in;
            this.parts = parts;
            this.at = kept;
            this.length = kept;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (at == length && !fill()) {
                return -1;
            }
            int given = Math.min(count, length - at);
            System.arraycopy(window, at, into, offset, given);
            at += given;
            return given;
        }

        private boolean fill() throws IOException {
            // The end of what was searched may be the beginning of a key.
            int kept = Math.min(length, BEFORE + AFTER);
            System.arraycopy(window, length - kept, window, 0, kept);
            int read = in.readNBytes(window, kept, CHUNK);
            at = kept;
            length = kept + read;
            if (read > 0) {
                parts.part(window, length);
                found = found.isPresent() ? found : search(window, length);
            }
            return read > 0;
        }

        /** What key there is in all of it; reads on to the end. */
        Optional<String> key() throws IOException {
            at = length;
            while (fill()) {
                at = length;
            }
            return found;
        }
    }

    /** Horspool's search: looks at one byte in eleven where the text is unlike the mark. */
    private Optional<String> search(byte[] text, int length) {
        int last = MARK.length - 1;
        for (int at = last; at < length; ) {
            var skip = skips[text[at] & 0xff];
            if (text[at] == MARK[last] && matches(text, at - last)) {
                var from = Math.max(0, at - last - BEFORE);
                var key = key(text, from, Math.min(length, at + AFTER) - from);
                if (key.isPresent()) {
                    return key;
                }
            }
            at += skip;
        }
        return Optional.empty();
    }

    private static boolean matches(byte[] text, int from) {
        return Arrays.equals(text, from, from + MARK.length, MARK, 0, MARK.length);
    }

    private static Optional<String> key(byte[] bytes, int from, int length) {
        var matcher = KEY.matcher(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return Optional.empty();
        }
        var kind = matcher.group("kind").strip();
        var start = Base64.getDecoder().decode(matcher.group("body"));
        var text = new String(start, StandardCharsets.ISO_8859_1);
        return switch (kind) {
            case "PGP" -> (start[0] & 0x80) != 0 ? Optional.of("an OpenPGP private key") : Optional.empty();
            case "OPENSSH" ->
                text.startsWith(OPENSSH)
                        ? Optional.of(describe("OpenSSH", !text.startsWith("none", OPENSSH_CIPHER)))
                        : Optional.empty();
            case "ENCRYPTED" -> start[0] == SEQUENCE ? Optional.of(describe("", true)) : Optional.empty();
            default -> {
                var encrypted = matcher.group("headers").contains("ENCRYPTED");
                yield encrypted || start[0] == SEQUENCE ? Optional.of(describe(kind, encrypted)) : Optional.empty();
            }
        };
    }

    private static String describe(String kind, boolean encrypted) {
        return (encrypted ? "an encrypted " : "an unprotected ") + (kind.isEmpty() ? "" : kind + " ") + "private key";
    }
}
