package dev.stepzero.scan.shell;

import java.util.Set;

/** Reads what keywords begin: groups, branches, loops, functions. */
final class Compounds {
    private static final Set<String> KEYWORDS = Set.of(
            "{",
            "}",
            "!",
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "while",
            "until",
            "for",
            "select",
            "do",
            "done",
            "case",
            "esac",
            "function");
    private static final int LONGEST_KEYWORD = 8;

    private final Reading reading;
    private final Cursor cursor;
    private final ScriptReader script;

    Compounds(Reading reading, Cursor cursor, ScriptReader script) {
        this.reading = reading;
        this.cursor = cursor;
        this.script = script;
    }

    /** The keyword here; empty if there is none. */
    String keyword() {
        int end = cursor.at;
        int most = Math.min(cursor.text.length(), cursor.at + LONGEST_KEYWORD + 1);
        while (end < most && !WordReader.ends(cursor.text.charAt(end))) {
            end++;
        }
        var word = end - cursor.at > LONGEST_KEYWORD ? "" : cursor.text.substring(cursor.at, end);
        return KEYWORDS.contains(word) ? word : "";
    }

    /** Reads what a keyword begins; false if a command may follow it directly. */
    boolean read(String keyword) {
        switch (keyword) {
            case "{" -> script.list("}");
            case "if" -> script.list("fi");
            case "while", "until" -> script.list("done");
            case "for", "select" -> {
                header();
                script.list("done");
            }
            case "case" -> {
                subject();
                script.parts("esac", this::branch);
            }
            case "function" -> {
                header();
                return false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The words between a keyword and what follows; their substitutions are run too. */
    private void header() {
        var draft = script.nameless();
        cursor.skipBlanks();
        if (cursor.sees("((")) {
            cursor.skipPast("))");
            return;
        }
        while (!cursor.ended()) {
            cursor.skipBlanks();
            char c = cursor.here();
            if (c == '\n' || c == ';' || c == '{') {
                return;
            }
            int before = cursor.at;
            new WordReader(cursor, script, draft).read();
            reading.word();
            if (cursor.at == before) {
                cursor.at++;
            }
        }
    }

    /** The word that a case compares, up to the patterns. */
    private void subject() {
        cursor.skipBlanks();
        new WordReader(cursor, script, script.nameless()).read();
        cursor.skipBlanks();
        if (cursor.sees("in")) {
            cursor.at += 2;
        }
    }

    /** A pattern and its commands; false at the end of the case. */
    private boolean branch() {
        script.skipSeparators("");
        if (keyword().equals("esac")) {
            cursor.at += "esac".length();
            return false;
        }
        var draft = script.nameless();
        while (!cursor.ended() && cursor.here() != ')' && cursor.here() != '\n') {
            int before = cursor.at;
            new WordReader(cursor, script, draft).read();
            if (cursor.at == before && cursor.here() != ')') {
                cursor.at++;
            }
        }
        cursor.at = Math.min(cursor.at + 1, cursor.text.length());
        script.list(";;");
        return true;
    }
}
