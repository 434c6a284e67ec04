package dev.stepzero.scan.code.pattern.language;

import java.math.BigInteger;
import java.util.Locale;

/** Reads numbers as programs write them. */
final class Numbers {
    private Numbers() {}

    /** In decimal, where it is a whole number; as it stands otherwise, without what only separates. */
    static String decimal(String text) {
        var plain = text.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (plain.startsWith("0x")) {
                return new BigInteger(plain.substring(2), 16).toString();
            }
            if (plain.startsWith("0b")) {
                return new BigInteger(plain.substring(2), 2).toString();
            }
            if (plain.startsWith("0o")) {
                return new BigInteger(plain.substring(2), 8).toString();
            }
            return plain.length() > 1 && plain.matches("0[0-7]+") ? new BigInteger(plain, 8).toString() : plain;
        } catch (NumberFormatException _) {
            return plain;
        }
    }
}
