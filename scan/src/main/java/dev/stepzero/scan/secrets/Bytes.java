package dev.stepzero.scan.secrets;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Bytes that a matcher reads as characters, without a copy. One is laid over many arrays, one after another. */
final class Bytes implements CharSequence {
    private static final int FARTHEST = 40;

    private byte[] bytes = new byte[0];
    private int length;

    Bytes over(byte[] others, int count) {
        bytes = others;
        length = count;
        return this;
    }

    byte[] array() {
        return bytes;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return text(from, to);
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Whether all bytes of a part, which must be inside, are of a set. */
    boolean all(int from, int to, BitSet set) {
        for (int i = from; i < to; i++) {
            if (!set.get(bytes[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a word of small letters stands at a place, in any case. */
    boolean follows(int at, String word) {
        if (at + word.length() > length) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[at + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Behind blanks, quotes and closing brackets, of which there are at most so many that are no blank. */
    int pastClosers(int from, int most) {
        int at = from;
        int closers = 0;
        while (at < length && at - from < FARTHEST && closers < most && Letters.isCloser(bytes[at])) {
            closers += Letters.isSpace(bytes[at]) ? 0 : 1;
            at++;
        }
        return at;
    }

    /** The line of a place, counted from 1. */
    int line(int at) {
        int line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    @Override
    public String toString() {
        return text(0, length);
    }
}
