package dev.stepzero.rules.secrets;

/** The checksum of BIP 173. */
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;

    private Bech32() {}

    static boolean holds(String text) {
        return text.lastIndexOf('1') > 0 && text.length() > CHECKSUM && polymod(text, 0) == 1;
    }

    static String complete(String text) {
        var body = text.substring(0, text.length() - CHECKSUM);
        int sum = polymod(body, CHECKSUM) ^ 1;
        var all = new StringBuilder(body);
        for (int i = 0; i < CHECKSUM; i++) {
            all.append(ALPHABET.charAt((sum >> (5 * (CHECKSUM - 1 - i))) & 31));
        }
        return all.toString();
    }

    private static int polymod(String text, int zeros) {
        int split = text.lastIndexOf('1');
        int sum = 1;
        for (int i = 0; i < split; i++) {
            sum = step(sum, text.charAt(i) >> 5);
        }
        sum = step(sum, 0);
        for (int i = 0; i < split; i++) {
            sum = step(sum, text.charAt(i) & 31);
        }
        for (int i = split + 1; i < text.length(); i++) {
            sum = step(sum, ALPHABET.indexOf(text.charAt(i)));
        }
        for (int i = 0; i < zeros; i++) {
            sum = step(sum, 0);
        }
        return sum;
    }

    private static int step(int sum, int value) {
        int top = sum >>> 25;
        int next = ((sum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= ((top >> i) & 1) == 1 ? GENERATOR[i] : 0;
        }
        return next;
    }
}
