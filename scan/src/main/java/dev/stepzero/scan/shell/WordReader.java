package dev.stepzero.scan.shell;

/** Reads a word and takes its quotes away; hands the commands of its substitutions to the script's reader. */
final class WordReader {
    private final Cursor cursor;
    private final ScriptReader script;
    private final Draft owner;
    private final StringBuilder word = new StringBuilder();
    private boolean quoted;
    private boolean substitutes;

    WordReader(Cursor cursor, ScriptReader script, Draft owner) {
        this.cursor = cursor;
        this.script = script;
        this.owner = owner;
    }

    Word read() {
        while (!cursor.ended() && !ends(cursor.here())) {
            char c = cursor.here();
            if (c == cursor.escape) {
                escaped();
            } else {
                switch (c) {
                    case '\'' -> single();
                    case '"' -> twice();
                    case '$' -> dollar();
                    case '`' -> backtick();
                    default -> take();
                }
            }
        }
        return new Word(word.toString(), quoted, substitutes);
    }

    static boolean ends(char c) {
        return switch (c) {
            case ' ', '\t', '\r', '\n', ';', '&', '|', '(', ')', '<', '>' -> true;
            default -> false;
        };
    }

    private void take() {
        word.append(cursor.here());
        cursor.at++;
    }

    private void escaped() {
        cursor.at++;
        if (!cursor.ended()) {
            if (cursor.here() == '\n') {
                cursor.at++;
            } else {
                take();
            }
        }
    }

    private void single() {
        quoted = true;
        int end = cursor.text.indexOf('\'', cursor.at + 1);
        int stop = end < 0 ? cursor.text.length() : end;
        word.append(cursor.text, cursor.at + 1, stop);
        cursor.at = Math.min(stop + 1, cursor.text.length());
    }

    private void twice() {
        quoted = true;
        cursor.at++;
        while (!cursor.ended() && cursor.here() != '"') {
            char c = cursor.here();
            if (c == cursor.escape && "$`\"\\\n".indexOf(cursor.peek(1)) >= 0) {
                escaped();
            } else if (c == '$') {
                dollar();
            } else if (c == '`') {
                backtick();
            } else {
                take();
            }
        }
        cursor.at = Math.min(cursor.at + 1, cursor.text.length());
    }

    private void dollar() {
        int start = cursor.at;
        if (cursor.sees("$((")) {
            arithmetic();
        } else if (cursor.sees("$(")) {
            cursor.at += 2;
            substitutes = true;
            script.substitution(owner);
        } else if (cursor.sees("${")) {
            braces();
        } else if (cursor.sees("$'")) {
            ansi();
            return;
        } else {
            take();
            return;
        }
        word.append(cursor.text, start, cursor.at);
    }

    private void arithmetic() {
        int open = 0;
        while (!cursor.ended()) {
            char c = cursor.here();
            cursor.at++;
            if (c == '(') {
                open++;
            } else if (c == ')' && --open == 0) {
                return;
            }
        }
    }

    /** Goes past a parameter with its default, in which there may be braces, quotes and substitutions again. */
    private void braces() {
        int open = 0;
        while (!cursor.ended()) {
            if (cursor.sees("$(") && !cursor.sees("$((")) {
                cursor.at += 2;
                substitutes = true;
                script.substitution(owner);
                continue;
            }
            char c = cursor.here();
            cursor.at++;
            if (c == cursor.escape) {
                cursor.at = Math.min(cursor.at + 1, cursor.text.length());
            } else if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return;
            }
        }
    }

    private void ansi() {
        quoted = true;
        cursor.at += 2;
        while (!cursor.ended() && cursor.here() != '\'') {
            if (cursor.here() == '\\') {
                cursor.at++;
            }
            if (!cursor.ended()) {
                take();
            }
        }
        cursor.at = Math.min(cursor.at + 1, cursor.text.length());
    }

    private void backtick() {
        int start = cursor.at++;
        var inner = new StringBuilder();
        while (!cursor.ended() && cursor.here() != '`') {
            if (cursor.here() == '\\' && "`\\$".indexOf(cursor.peek(1)) >= 0) {
                cursor.at++;
            }
            if (!cursor.ended()) {
                inner.append(cursor.here());
                cursor.at++;
            }
        }
        cursor.at = Math.min(cursor.at + 1, cursor.text.length());
        substitutes = true;
        script.backticks(inner.toString(), owner);
        word.append(cursor.text, start, cursor.at);
    }
}
