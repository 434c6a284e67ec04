package dev.stepzero.scan.terraform.hcl;

/** Reads the escapes of a quoted template. */
final class Escapes {
    private Escapes() {}

    static void read(Scanner scanner, StringBuilder into) {
        char c = scanner.next();
        int start = scanner.at;
        switch (c) {
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 't' -> into.append('\t');
            case '"', '\\' -> into.append(c);
            case 'u' -> {
                into.appendCodePoint(point(scanner, start, 4));
                scanner.at += 4;
            }
            case 'U' -> {
                into.appendCodePoint(point(scanner, start, 8));
                scanner.at += 8;
            }
            default -> throw new Mistake("There is no such escape; a backslash itself is \"\\\\\"", start);
        }
        scanner.at += 2;
    }

    private static int point(Scanner scanner, int start, int digits) {
        int point = digits(scanner, digits);
        if (!Character.isValidCodePoint(point) || (point >= 0xD800 && point <= 0xDFFF)) {
            throw new Mistake("U+%04X is no character of a text".formatted(point), start);
        }
        return point;
    }

    /** The hexadecimal number after the backslash here and its letter. */
    static int digits(Scanner scanner, int digits) {
        int start = scanner.at;
        int number = 0;
        for (int i = start + 2; i < start + 2 + digits; i++) {
            int digit = i < scanner.end ? Character.digit(scanner.text[i], 16) : -1;
            if (digit < 0) {
                throw new Mistake("The escape needs " + digits + " hexadecimal digits", start);
            }
            number = (number << 4) | digit;
        }
        return number;
    }
}
