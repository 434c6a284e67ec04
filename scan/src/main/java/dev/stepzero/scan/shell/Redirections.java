package dev.stepzero.scan.shell;

/** Reads where input comes from and output goes to. */
final class Redirections {
    private static final int LONGEST_DESCRIPTOR = 3;

    private Redirections() {}

    static boolean begins(Cursor cursor) {
        int digits = digits(cursor);
        char c = cursor.peek(digits);
        return c == '<' || c == '>' || (digits == 0 && c == '&' && cursor.peek(1) == '>');
    }

    private static int digits(Cursor cursor) {
        int digits = 0;
        while (digits < LONGEST_DESCRIPTOR && cursor.peek(digits) >= '0' && cursor.peek(digits) <= '9') {
            digits++;
        }
        return digits;
    }

    static void read(Cursor cursor, ScriptReader script, Draft draft, HereDocuments documents) {
        int start = cursor.at;
        cursor.at += digits(cursor);
        if (cursor.sees("<(") || cursor.sees(">(")) {
            cursor.at += 2;
            script.substitution(draft);
            draft.words.add(new Word(cursor.text.substring(start, cursor.at), true, true));
            return;
        }
        while (!cursor.ended()
                && "<>&|-".indexOf(cursor.here()) >= 0
                && (cursor.here() != '-' || follows(cursor, "<<"))) {
            cursor.at++;
        }
        var operator = cursor.text.substring(start, cursor.at);
        cursor.skipBlanks();
        var target = new WordReader(cursor, script, draft).read().text();
        if (operator.endsWith("<<") || operator.endsWith("<<-")) {
            documents.announce(draft, target, operator.endsWith("-"));
        } else {
            draft.redirects.add(new Command.Redirect(operator, target));
        }
    }

    private static boolean follows(Cursor cursor, String what) {
        return cursor.text.startsWith(what, cursor.at - what.length());
    }
}
