package dev.stepzero.scan.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an array of strings, {@code ["nginx", "-g"]}; anything else is no exec form, and BuildKit takes it for shell form. */
final class ExecForm {
    private final String text;
    private int at;

    private ExecForm(String text) {
        this.text = text;
    }

    static Optional<List<String>> of(String text) {
        return text.startsWith("[") ? new ExecForm(text).read() : Optional.empty();
    }

    private Optional<List<String>> read() {
        var words = new ArrayList<String>();
        at = 1;
        skipBlanks();
        if (take(']')) {
            return ended(words);
        }
        while (take('"')) {
            var word = string();
            if (word.isEmpty()) {
                return Optional.empty();
            }
            words.add(word.get());
            skipBlanks();
            if (take(']')) {
                return ended(words);
            }
            if (!take(',')) {
                return Optional.empty();
            }
            skipBlanks();
        }
        return Optional.empty();
    }

    private Optional<List<String>> ended(List<String> words) {
        skipBlanks();
        return at == text.length() ? Optional.of(words) : Optional.empty();
    }

    private Optional<String> string() {
        var word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(word.toString());
            }
            if (c == '\\') {
                if (at == text.length() || !escaped(word)) {
                    return Optional.empty();
                }
            } else {
                word.append(c);
            }
        }
        return Optional.empty();
    }

    private boolean escaped(StringBuilder word) {
        char c = text.charAt(at++);
        switch (c) {
            case '"', '\\', '/' -> word.append(c);
            case 'b' -> word.append('\b');
            case 'f' -> word.append('\f');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 't' -> word.append('\t');
            case 'u' -> {
                return unicode(word);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean unicode(StringBuilder word) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (digit < 0) {
                return false;
            }
            code = code * 16 + digit;
        }
        word.append((char) code);
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }
}
