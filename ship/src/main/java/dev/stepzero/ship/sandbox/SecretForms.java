package dev.stepzero.ship.sandbox;

import dev.stepzero.guard.secrets.SecretValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ways in which a secret is usually written, without line feeds: in plain, in base64 whatever stands before and
 * behind it, in hexadecimal, in URLs and in JSON. A secret of several lines also comes line by line.
 */
final class SecretForms {
    private static final int SHORTEST_LINE = 8;
    /** Beyond so many bytes only the usual way of writing each form is looked for, which bounds the memory. */
    private static final int LONG = 1024;

    private static final String LOWER_HEX = "0123456789abcdef";
    private static final String UPPER_HEX = "0123456789ABCDEF";
    private static final String LOWER_UNICODE = "\\u%04x";
    private static final byte[] ARMOUR = ascii("-----");
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** What leaves which characters as they are: RFC 3986, HTML forms, JavaScript, Python, and nothing at all. */
    private static final String[] UNESCAPED = {
        LETTERS_AND_DIGITS + "-._~",
        LETTERS_AND_DIGITS + "-._*",
        LETTERS_AND_DIGITS + "-._~!*'()",
        LETTERS_AND_DIGITS + "-._~/",
        ""
    };

    private final Set<ByteBuffer> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /** The forms, each once; none is shorter than {@link SecretValue#SHORTEST} bytes. */
    static Collection<byte[]> of(byte[] secret) {
        var forms = new SecretForms();
        forms.add(secret);
        return forms.forms.stream().map(ByteBuffer::array).toList();
    }

    private void add(byte[] secret) {
        encode(secret);
        encode(strip(secret, 0, secret.length));
        int from = 0;
        for (int at = 0; at <= secret.length; at++) {
            if (at == secret.length || secret[at] == '\n') {
                var line = strip(secret, from, at);
                if (line.length >= SHORTEST_LINE && !isArmour(line)) {
                    encode(line);
                }
                from = at + 1;
            }
        }
    }

    private void encode(byte[] secret) {
        keep(secret);
        keep(asShown(secret));
        for (var encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            keep(encoder.encode(secret));
            keep(encoder.withoutPadding().encode(secret));
            for (int offset = 0; offset < 3; offset++) {
                keep(base64(secret, offset, encoder));
            }
        }
        keep(hex(secret, LOWER_HEX));
        keep(hex(secret, UPPER_HEX));
        var characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(secret));
        if (secret.length > LONG) {
            keep(url(secret, UNESCAPED[0], UPPER_HEX, false));
            keep(json(characters, false, false, false, LOWER_UNICODE));
        } else {
            encodeAsWritersDiffer(secret, characters);
        }
        Arrays.fill(characters.array(), '\0');
    }

    private void encodeAsWritersDiffer(byte[] secret, CharBuffer characters) {
        for (var unescaped : UNESCAPED) {
            for (var digits : new String[] {UPPER_HEX, LOWER_HEX}) {
                keep(url(secret, unescaped, digits, false));
                keep(url(secret, unescaped, digits, true));
            }
        }
        for (boolean slashes : new boolean[] {false, true}) {
            for (boolean markup : new boolean[] {false, true}) {
                for (var unicode : new String[] {LOWER_UNICODE, "\\u%04X"}) {
                    keep(json(characters, slashes, markup, false, unicode));
                    keep(json(characters, slashes, markup, true, unicode));
                }
            }
        }
    }

    private void keep(byte[] form) {
        var kept = new ByteArrayOutputStream(form.length);
        for (var one : form) {
            if (one != '\n') {
                kept.write(one);
            }
        }
        if (kept.size() >= SecretValue.SHORTEST) {
            forms.add(ByteBuffer.wrap(kept.toByteArray()));
        }
    }

    /** As it is when what a terminal does not show was taken out, and what is no UTF-8 replaced. */
    private static byte[] asShown(byte[] secret) {
        for (var one : secret) {
            if (one < ' ' && one != '\n') {
                var text = new String(secret, StandardCharsets.UTF_8).replace("\n", "");
                return Lines.clean(text).getBytes(StandardCharsets.UTF_8);
            }
        }
        return secret;
    }

    /** The characters that these bytes alone decide when {@code offset} other bytes stand before them. */
    private static byte[] base64(byte[] bytes, int offset, Base64.Encoder encoder) {
        var shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return Arrays.copyOfRange(encoder.encode(shifted), from, to);
    }

    private static byte[] hex(byte[] secret, String digits) {
        var form = new byte[2 * secret.length];
        for (int at = 0; at < secret.length; at++) {
            form[2 * at] = (byte) digits.charAt((secret[at] & 0xF0) >> 4);
            form[2 * at + 1] = (byte) digits.charAt(secret[at] & 0x0F);
        }
        return form;
    }

    private static byte[] url(byte[] secret, String unescaped, String digits, boolean plus) {
        var form = new ByteArrayOutputStream();
        for (var one : secret) {
            if (plus && one == ' ') {
                form.write('+');
            } else if (unescaped.indexOf(one) >= 0) {
                form.write(one);
            } else {
                form.write('%');
                form.writeBytes(hex(new byte[] {one}, digits));
            }
        }
        return form.toByteArray();
    }

    /**
     * A JSON string without its quotes.
     *
     * @param slashes whether {@code /} is escaped, as PHP does
     * @param markup whether {@code <>&'} are, as Go does
     * @param ascii whether everything else than ASCII is, as Python does
     * @param unicode how a character is written by its number
     */
    private static byte[] json(CharBuffer characters, boolean slashes, boolean markup, boolean ascii, String unicode) {
        var form = new ByteArrayOutputStream();
        for (int at = 0; at < characters.length(); at++) {
            char one = characters.charAt(at);
            int named = "\b\f\n\r\t".indexOf(one);
            if (named >= 0) {
                form.write('\\');
                form.write("bfnrt".charAt(named));
            } else if (one == '"' || one == '\\' || (slashes && one == '/')) {
                form.write('\\');
                form.write(one);
            } else if (one < ' ' || (markup && "<>&'".indexOf(one) >= 0) || (ascii && one > '~')) {
                form.writeBytes(ascii(unicode.formatted((int) one)));
            } else if (one <= '~') {
                form.write(one);
            } else {
                int units = Character.isHighSurrogate(one) && at + 1 < characters.length() ? 2 : 1;
                form.writeBytes(
                        characters.subSequence(at, at + units).toString().getBytes(StandardCharsets.UTF_8));
                at += units - 1;
            }
        }
        return form.toByteArray();
    }

    private static byte[] strip(byte[] bytes, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static boolean isSpace(byte one) {
        return one >= 0 && one <= ' ';
    }

    /** The first and last lines of keys and certificates are no secrets. */
    private static boolean isArmour(byte[] line) {
        return Arrays.mismatch(line, ARMOUR) == ARMOUR.length
                && Arrays.equals(line, line.length - ARMOUR.length, line.length, ARMOUR, 0, ARMOUR.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
