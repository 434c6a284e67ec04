package dev.stepzero.guard.identity;

/** RFC 4648's base 32 without padding: letters and digits that people can read to each other. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        long buffer = 0;
        int held = 0;
        for (byte one : bytes) {
            buffer = (buffer << Byte.SIZE) | (one & 0xff);
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt((int) (buffer >> held) & 31));
            }
        }
        if (held > 0) {
            text.append(ALPHABET.charAt((int) (buffer << (BITS - held)) & 31));
        }
        return text.toString();
    }
}
