package dev.stepzero.scan.toml;

import dev.stepzero.core.resource.Position;

/** A place in the text, and what can be read from there on. */
final class Cursor {
    static final int END = -1;

    private final String file;
    private final String text;
    private int at;
    private int line = 1;

    Cursor(String file, String text) {
        this.file = file;
        this.text = text;
    }

    int line() {
        return line;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character, {@link #END} after the last. */
    int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    boolean startsWith(String start) {
        return text.startsWith(start, at);
    }

    int next() {
        int c = peek();
        if (c != END) {
            at++;
            line += c == '\n' ? 1 : 0;
        }
        return c;
    }

    void skip(int characters) {
        for (int i = 0; i < characters; i++) {
            next();
        }
    }

    boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        next();
        return true;
    }

    void expect(char expected) throws MalformedToml {
        if (!accept(expected)) {
            throw malformed("there should be a " + expected);
        }
    }

    void skipSpaces() {
        while (peek() == ' ' || peek() == '\t') {
            next();
        }
    }

    /** Skips spaces, comments and the ends of lines. */
    void skipBlank() {
        while (true) {
            skipSpaces();
            if (peek() == '#') {
                skipComment();
            } else if (!accept('\n') && !accept('\r')) {
                return;
            }
        }
    }

    private void skipComment() {
        while (!atEnd() && peek() != '\n') {
            next();
        }
    }

    void endOfLine() throws MalformedToml {
        skipSpaces();
        if (peek() == '#') {
            skipComment();
        }
        accept('\r');
        if (!atEnd() && !accept('\n')) {
            throw malformed("the line should end here");
        }
    }

    Position position(int line) {
        return new Position(file, line, 1, line);
    }

    MalformedToml malformed(String problem) {
        return new MalformedToml(problem, position(line));
    }
}
