package dev.stepzero.scan.terraform.functions;

import java.math.BigInteger;
import java.util.ArrayList;

/**
 * A network.
 *
 * @param base its first address
 * @param bits 32 or 128
 */
record Cidr(BigInteger base, int prefix, int bits) {
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.length() > 60) {
            throw invalid(text);
        }
        var address = text.substring(0, slash);
        int bits = address.indexOf(':') >= 0 ? 128 : 32;
        var number = bits == 32 ? four(address, text) : six(address, text);
        int prefix = decimal(text.substring(slash + 1), bits, text);
        var hosts = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
        return new Cidr(number.andNot(hosts), prefix, bits);
    }

    BigInteger size() {
        return BigInteger.ONE.shiftLeft(bits - prefix);
    }

    /** Zeros in front of a part mean nothing: it is never octal. */
    private static BigInteger four(String address, String whole) {
        var parts = address.split("\\.", -1);
        if (parts.length != 4) {
            throw invalid(whole);
        }
        long number = 0;
        for (var part : parts) {
            number = number << 8 | decimal(part, 255, whole);
        }
        return BigInteger.valueOf(number);
    }

    private static BigInteger six(String address, String whole) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            throw invalid(whole);
        }
        var head = groups(gap < 0 ? address : address.substring(0, gap), whole);
        var tail = groups(gap < 0 ? "" : address.substring(gap + 2), whole);
        int missing = 8 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            throw invalid(whole);
        }
        for (int i = 0; i < missing; i++) {
            head.add(0);
        }
        head.addAll(tail);
        var number = BigInteger.ZERO;
        for (int group : head) {
            number = number.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return number;
    }

    private static ArrayList<Integer> groups(String text, String whole) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return groups;
        }
        var parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                int four = four(parts[i], whole).intValue();
                groups.add(four >>> 16);
                groups.add(four & 0xFFFF);
            } else {
                groups.add(hex(parts[i], whole));
            }
        }
        return groups;
    }

    private static int hex(String text, String whole) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw invalid(whole);
            }
            number = number << 4 | digit;
        }
        if (text.isEmpty() || text.length() > 4) {
            throw invalid(whole);
        }
        return number;
    }

    private static int decimal(String text, int most, String whole) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            number = number * 10 + (c - '0');
            if (c < '0' || c > '9' || number > most) {
                throw invalid(whole);
            }
        }
        if (text.isEmpty()) {
            throw invalid(whole);
        }
        return number;
    }

    private static FunctionError invalid(String text) {
        return new FunctionError("invalid CIDR expression: invalid CIDR address: " + text);
    }

    /** An address of this network's kind; of IPv6 in the form of RFC 5952. */
    String text(BigInteger address) {
        return bits == 32 ? textOfFour(address.longValue()) : textOfSix(address);
    }

    private static String textOfFour(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static String textOfSix(BigInteger address) {
        var groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = address.shiftRight(16 * (7 - i)).intValue() & 0xFFFF;
        }
        int gap = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            int run = i;
            while (run < 8 && groups[run] == 0) {
                run++;
            }
            if (run - i > length) {
                gap = i;
                length = run - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (length > 1 && i == gap) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
