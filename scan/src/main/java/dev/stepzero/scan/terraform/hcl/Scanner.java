package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;

/** A place in a text that moves on, and how deep it is in brackets. */
final class Scanner {
    private static final int DEEPEST = 250;
    private static final int HIGHEST = 500;

    final Source source;
    final char[] text;
    final int end;

    int at;

    /** Whether a line break is blank space, as in brackets. */
    boolean acrossLines;

    /** How many brackets and interpolations are open. */
    int open;

    /** How many nodes stand on top of each other in what was read last: chains get high without any nesting. */
    int height;

    private int depth;
    private boolean commentsEnd = true;

    Scanner(Source source) {
        this.source = source;
        text = source.text;
        end = source.length;
    }

    /** The character here, or NUL after the last. */
    char here() {
        return text[at];
    }

    char next() {
        return at < end ? text[at + 1] : 0;
    }

    boolean atEnd() {
        return at >= end;
    }

    boolean at(String word) {
        int length = word.length();
        if (at + length > end) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this word stands here, and not only the beginning of a longer one. */
    boolean atKeyword(String word) {
        return at(word) && !Characters.inName(text, at + word.length(), end);
    }

    /** Skips blanks, comments and, where they mean nothing, line breaks. */
    void space() {
        while (true) {
            switch (text[at]) {
                case ' ', '\t', '\r' -> at++;
                case '\n' -> {
                    if (!acrossLines) {
                        return;
                    }
                    at++;
                }
                case '#' -> skipLine();
                case '/' -> {
                    if (text[at + 1] == '/') {
                        skipLine();
                    } else if (text[at + 1] == '*') {
                        skipComment();
                    } else {
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    /** Skips blanks, comments and line breaks. */
    void spaceAndLines() {
        boolean before = acrossLines;
        acrossLines = true;
        space();
        acrossLines = before;
    }

    void skipLine() {
        while (at < end && text[at] != '\n') {
            at++;
        }
    }

    private void skipComment() {
        int start = at;
        at += 2;
        for (int i = at; commentsEnd && i + 1 < end; i++) {
            if (text[i] == '*' && text[i + 1] == '/') {
                at = i + 2;
                return;
            }
        }
        commentsEnd = false;
        throw new Mistake("The comment is not closed", start);
    }

    /**
     * Reads a name.
     *
     * @throws Mistake if there is none; {@code expected} says what should have been
     */
    String name(String expected) {
        int start = at;
        int after = Characters.nameEnd(text, start, end);
        if (after == start) {
            throw unexpected(expected);
        }
        at = after;
        return source.name(start, after);
    }

    void expect(char wanted, String expected) {
        space();
        if (text[at] != wanted || at >= end) {
            throw unexpected(expected);
        }
        at++;
    }

    Mistake unexpected(String expected) {
        return new Mistake("Expected " + expected + ", but found " + Characters.shown(text, at, end), at);
    }

    Position from(int start) {
        return source.position(start, at);
    }

    int depth() {
        return depth;
    }

    void backToDepth(int before) {
        depth = before;
    }

    void deeper() {
        if (++depth > DEEPEST) {
            throw new Mistake("It is nested deeper than " + DEEPEST + " levels", at);
        }
    }

    void shallower() {
        depth--;
    }

    /** Takes down that what was just read stands on something of this height. */
    void on(int below) {
        height = below + 1;
        if (height > HIGHEST) {
            throw new Mistake("It is longer than " + HIGHEST + " operations on top of each other", at);
        }
    }
}
