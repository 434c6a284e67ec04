package dev.stepzero.scan.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds texts that are wrapped in base64, also in layers, by looking at one byte in twenty. */
final class Wrapped {
    private static final int SHORTEST = 40;
    private static final int STEP = SHORTEST / 2;
    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 3;
    private static final byte NONE = -1;
    private static final byte[] DIGITS = digits();

    /** Takes a text that was unwrapped. */
    interface Unwrapped {
        /**
         * One text.
         *
         * @param from where the base64 begins
         * @param to where it ends
         * @return whether to go on
         */
        boolean text(byte[] bytes, int length, int from, int to);
    }

    private static byte[] digits() {
        var digits = new byte[256];
        Arrays.fill(digits, NONE);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        digits['-'] = 62;
        digits['_'] = 63;
        return digits;
    }

    void in(byte[] bytes, int length, Unwrapped unwrapped) {
        int at = STEP - 1;
        while (at < length) {
            if (DIGITS[bytes[at] & 0xff] == NONE) {
                at += STEP;
                continue;
            }
            int from = at;
            while (from > 0 && at - from < STEP && DIGITS[bytes[from - 1] & 0xff] != NONE) {
                from--;
            }
            int to = at + 1;
            while (to < length && DIGITS[bytes[to] & 0xff] != NONE) {
                to++;
            }
            if (to - from >= SHORTEST && !unwrap(bytes, from, to, unwrapped)) {
                return;
            }
            at = Math.max(at + STEP, to + STEP - 1);
        }
    }

    private static boolean unwrap(byte[] bytes, int from, int to, Unwrapped unwrapped) {
        var inner = decoded(bytes, from, Math.min(to, from + LONGEST));
        for (int depth = 0; depth < DEEPEST && isText(inner); depth++) {
            if (!unwrapped.text(inner, inner.length, from, to)) {
                return false;
            }
            int end = inner.length;
            while (end > 0 && (inner[end - 1] == '=' || inner[end - 1] == '\n')) {
                end--;
            }
            int clean = end;
            for (int i = 0; i < end; i++) {
                if (DIGITS[inner[i] & 0xff] == NONE) {
                    clean = -1;
                    break;
                }
            }
            if (clean < SHORTEST) {
                return true;
            }
            inner = decoded(inner, 0, end);
        }
        return true;
    }

    /** Whether a value is the base64 of something that a person can read. */
    static boolean isTextInBase64(String value) {
        var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (DIGITS[bytes[i] & 0xff] == NONE) {
                return false;
            }
        }
        for (byte b : decoded(bytes, 0, end)) {
            if (b < ' ' || b == 127) {
                return false;
            }
        }
        return true;
    }

    private static byte[] decoded(byte[] bytes, int from, int to) {
        var out = new byte[(to - from) * 3 / 4];
        int bits = 0;
        int held = 0;
        int count = 0;
        for (int i = from; i < to && count < out.length; i++) {
            held = (held << 6) | DIGITS[bytes[i] & 0xff];
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out[count++] = (byte) (held >> bits);
            }
        }
        return out;
    }

    /** Three quarters of what is random are no text, so a look at the beginning tells most. */
    private static boolean isText(byte[] bytes) {
        int look = Math.min(bytes.length, 4096);
        int odd = 0;
        for (int i = 0; i < look; i++) {
            byte b = bytes[i];
            odd += (b >= ' ' && b < 127) || b == '\n' || b == '\r' || b == '\t' ? 0 : 1;
            if (odd > 2 && odd > i / 16) {
                return false;
            }
        }
        return look > 0;
    }
}
