package dev.stepzero.scan.shell;

/** A place in a script's text. */
final class Cursor {
    final String text;
    final char escape;
    int at;

    Cursor(String text, char escape) {
        this.text = text;
        this.escape = escape;
    }

    boolean ended() {
        return at >= text.length();
    }

    /** The character here; a line feed at the end. */
    char here() {
        return peek(0);
    }

    char peek(int ahead) {
        int index = at + ahead;
        return index < text.length() ? text.charAt(index) : '\n';
    }

    boolean sees(String what) {
        return text.startsWith(what, at);
    }

    /** Goes past blanks and escaped line ends, not past line ends. */
    void skipBlanks() {
        while (!ended()) {
            char c = here();
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == escape && at + 1 < text.length() && peek(1) == '\n') {
                at += 2;
            } else {
                return;
            }
        }
    }

    void skipComment() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    /** Goes to behind the next such text, or to the end. */
    void skipPast(String what) {
        int found = text.indexOf(what, at);
        at = found < 0 ? text.length() : found + what.length();
    }
}
