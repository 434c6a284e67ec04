package dev.stepzero.scan.docker;

/**
 * The word that tells an instruction from others of its name, so that its address stays the same when instructions
 * are put in before it.
 */
final class Subject {
    private static final int LONGEST = 40;

    private Subject() {}

    static String of(Statement statement, char escape) {
        var text = statement.arguments().text().strip();
        return switch (statement.name()) {
            case "COPY", "ADD" -> shortened(text.substring(lastBlank(text) + 1), escape);
            case "RUN", "ENV", "ARG", "LABEL", "EXPOSE", "VOLUME", "FROM" -> {
                var word = text.substring(0, Words.end(text, 0, escape));
                int eq = word.indexOf('=');
                yield shortened(eq > 0 && !statement.name().equals("RUN") ? word.substring(0, eq) : word, escape);
            }
            default -> "";
        };
    }

    private static int lastBlank(String text) {
        int at = text.length() - 1;
        while (at >= 0 && !Character.isWhitespace(text.charAt(at))) {
            at--;
        }
        return at;
    }

    private static String shortened(String word, char escape) {
        var plain = Words.unquote(word.substring(0, Math.min(word.length(), 2 * LONGEST)), escape);
        return plain.substring(0, Math.min(plain.length(), LONGEST));
    }
}
