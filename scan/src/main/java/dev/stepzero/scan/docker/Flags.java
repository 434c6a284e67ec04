package dev.stepzero.scan.docker;

import java.util.List;

/** The words with two dashes that stand before an instruction's arguments. */
final class Flags {
    private Flags() {}

    /** Reads them and says where the arguments begin. */
    static int read(SourceText source, char escape, List<Statement.Flag> flags) {
        var text = source.text();
        int at = skipBlanks(text, 0);
        while (text.startsWith("--", at)) {
            int end = Words.end(text, at, escape);
            var word = Words.unquote(text.substring(at, end), escape);
            int eq = word.indexOf('=');
            if (word.length() > 2) {
                flags.add(new Statement.Flag(
                        eq < 0 ? word.substring(2) : word.substring(2, Math.max(2, eq)),
                        eq < 0 ? "true" : word.substring(eq + 1),
                        source.lineAt(at)));
            }
            at = skipBlanks(text, end);
            if (word.length() == 2) {
                break;
            }
        }
        return at;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
