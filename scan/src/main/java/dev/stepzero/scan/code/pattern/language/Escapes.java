package dev.stepzero.scan.code.pattern.language;

/** Decodes the escapes of text literals, which Python, JavaScript and Go write alike. What cannot be decoded stays as it is. */
final class Escapes {
    private Escapes() {}

    static String decoded(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                out.append(c);
                at++;
                continue;
            }
            char kind = text.charAt(at + 1);
            at = switch (kind) {
                case 'n' -> plain(out, '\n', at);
                case 't' -> plain(out, '\t', at);
                case 'r' -> plain(out, '\r', at);
                case 'b' -> plain(out, '\b', at);
                case 'f' -> plain(out, '\f', at);
                case 'v' -> plain(out, '\u000B', at);
                case 'a' -> plain(out, '\u0007', at);
                case '\n' -> at + 2;
                case 'x' -> code(out, text, at, 2);
                case 'u' -> text.startsWith("{", at + 2) ? braced(out, text, at) : code(out, text, at, 4);
                case 'U' -> code(out, text, at, 8);
                case '0', '1', '2', '3' -> octal(out, text, at);
                default -> plain(out, kind, at);
            };
        }
        return out.toString();
    }

    private static int plain(StringBuilder out, char c, int at) {
        out.append(c);
        return at + 2;
    }

    private static int octal(StringBuilder out, String text, int at) {
        int end = at + 1;
        while (end < text.length() && end < at + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            end++;
        }
        out.append((char) Integer.parseInt(text, at + 1, end, 8));
        return end;
    }

    private static int braced(StringBuilder out, String text, int at) {
        int end = text.indexOf('}', at);
        return end < 0 ? plain(out, 'u', at) : number(out, text, at + 3, end, end + 1, at);
    }

    private static int code(StringBuilder out, String text, int at, int digits) {
        int end = at + 2 + digits;
        return end > text.length() ? plain(out, text.charAt(at + 1), at) : number(out, text, at + 2, end, end, at);
    }

    private static int number(StringBuilder out, String text, int from, int to, int next, int at) {
        try {
            int code = Integer.parseUnsignedInt(text, from, to, 16);
            if (Character.isValidCodePoint(code)) {
                out.appendCodePoint(code);
                return next;
            }
        } catch (NumberFormatException _) {
            // Then it is no escape.
        }
        return plain(out, text.charAt(at + 1), at);
    }
}
