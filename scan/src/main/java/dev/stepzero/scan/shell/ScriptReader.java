package dev.stepzero.scan.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds a script's commands: lists, pipes, groups, branches, loops, functions and here-documents. */
final class ScriptReader {
    private static final Set<String> CLOSERS = Set.of("}", "fi", "done", "esac");

    private final Reading reading;
    private final Cursor cursor;
    private final HereDocuments documents;
    private final Compounds compounds;
    private final boolean exact;
    private final int base;
    /** Whether the commands of substitutions are taken down already. */
    private final boolean seen;

    private boolean pipefail;
    private @Nullable Draft parent;
    /** What ends the groups that are open, innermost first. */
    private Deque<String> awaited = new ArrayDeque<>();
    /** A closing word that was seen and that an outer group waits for; empty if there is none. */
    private String closing = "";

    ScriptReader(Reading reading, String text, boolean pipefail) {
        this(reading, text, pipefail, null, 0, true, false);
    }

    private ScriptReader(
            Reading reading,
            String text,
            boolean pipefail,
            @Nullable Draft parent,
            int base,
            boolean exact,
            boolean seen) {
        this.reading = reading;
        this.cursor = new Cursor(text, reading.dialect.escape());
        this.documents = new HereDocuments(cursor);
        this.compounds = new Compounds(reading, cursor, this);
        this.pipefail = pipefail;
        this.parent = parent;
        this.base = base;
        this.exact = exact;
        this.seen = seen;
    }

    void script() {
        list("");
    }

    /** The commands of a substitution whose opening bracket was read. */
    void substitution(Draft owner) {
        var outerParent = parent;
        var outerAwaited = awaited;
        var outerClosing = closing;
        parent = owner;
        awaited = new ArrayDeque<>();
        closing = "";
        int before = reading.size();
        list(")");
        if (seen) {
            reading.cut(before);
        }
        parent = outerParent;
        awaited = outerAwaited;
        closing = outerClosing;
    }

    /** The commands of a substitution in backticks, whose place is that of the command that holds it. */
    void backticks(String text, Draft owner) {
        if (!seen) {
            reading.enter(text);
            new ScriptReader(reading, text, pipefail, owner, owner.offset, false, false).script();
            reading.leave();
        }
    }

    /** The commands of the script that a command is given in its words: {@code sh -c '...'}. */
    void within(Draft draft) {
        GivenScript.in(draft).ifPresent(given -> {
            reading.enter(given.text());
            new ScriptReader(reading, given.text(), given.pipefail(), draft, draft.offset, false, given.substitutes())
                    .script();
            reading.leave();
        });
    }

    /** The commands up to a closing word, or to the end. */
    void list(String closer) {
        reading.enter();
        awaited.push(closer);
        while (closing.isEmpty()) {
            skipSeparators(closer);
            if (cursor.ended()) {
                break;
            }
            if (cursor.here() == ')') {
                if (!closer.equals(")") && awaited.contains(")")) {
                    break;
                }
                cursor.at++;
                if (closer.equals(")")) {
                    break;
                }
            } else if (closer.equals(";;") && cursor.sees(";;")) {
                cursor.at += 2;
                break;
            } else {
                pipeline();
            }
        }
        awaited.pop();
        if (closing.equals(closer)) {
            closing = "";
        }
        reading.leave();
    }

    void skipSeparators(String closer) {
        while (!cursor.ended()) {
            cursor.skipBlanks();
            char c = cursor.here();
            if (c == '\n') {
                lineEnd();
            } else if (c == '#') {
                cursor.skipComment();
            } else if (c == ';' && closer.equals(";;") && cursor.sees(";;")) {
                return;
            } else if (c == ';' || c == '|' || (c == '&' && cursor.peek(1) != '>')) {
                cursor.at++;
            } else {
                return;
            }
        }
    }

    private void lineEnd() {
        if (!cursor.ended()) {
            cursor.at++;
            documents.read((owner, body, from) -> {
                if (GivenScript.readsInput(owner)) {
                    reading.enter(body);
                    new ScriptReader(reading, body, false, owner, place(from), exact, false).script();
                    reading.leave();
                }
            });
        }
    }

    private int place(int offset) {
        return exact ? base + offset : base;
    }

    private void pipeline() {
        var borders = new ArrayList<Integer>();
        borders.add(reading.size());
        while (true) {
            element();
            borders.add(reading.size());
            cursor.skipBlanks();
            if (!closing.isEmpty() || cursor.here() != '|' || cursor.peek(1) == '|') {
                break;
            }
            cursor.at += cursor.peek(1) == '&' ? 2 : 1;
            while (!cursor.ended() && (cursor.here() == '\n' || cursor.here() == ' ' || cursor.here() == '\t')) {
                cursor.at++;
            }
        }
        if (borders.size() > 2) {
            Pipes.link(reading, borders);
        }
    }

    private void element() {
        while (!cursor.ended()) {
            cursor.skipBlanks();
            if (cursor.sees("((")) {
                cursor.skipPast("))");
                return;
            }
            if (cursor.here() == '(') {
                cursor.at++;
                list(")");
                redirects();
                return;
            }
            var keyword = compounds.keyword();
            if (keyword.isEmpty()) {
                simple();
                return;
            }
            if (CLOSERS.contains(keyword)) {
                if (awaited.contains(keyword)) {
                    closing = keyword;
                }
                cursor.at += keyword.length();
                return;
            }
            cursor.at += keyword.length();
            if (compounds.read(keyword)) {
                redirects();
                return;
            }
        }
    }

    /** What is read part by part until its closing word, as the branches of a case are; the part says whether to go on. */
    void parts(String closer, BooleanSupplier part) {
        awaited.push(closer);
        boolean more = true;
        while (more && closing.isEmpty() && !cursor.ended()) {
            more = part.getAsBoolean();
        }
        awaited.pop();
        if (closing.equals(closer)) {
            closing = "";
        }
    }

    /** A command that is not there, to which the substitutions in a header belong. */
    Draft nameless() {
        return new Draft(place(cursor.at), parent, pipefail);
    }

    private void redirects() {
        var draft = new Draft(place(cursor.at), parent, pipefail);
        cursor.skipBlanks();
        while (Redirections.begins(cursor)) {
            Redirections.read(cursor, this, draft, documents);
            cursor.skipBlanks();
        }
    }

    private void simple() {
        if (cursor.sees("[[ ")) {
            cursor.skipPast("]]");
            return;
        }
        var draft = new Draft(place(cursor.at), parent, pipefail);
        reading.add(draft);
        while (!cursor.ended()) {
            cursor.skipBlanks();
            char c = cursor.here();
            if (Redirections.begins(cursor)) {
                Redirections.read(cursor, this, draft, documents);
            } else if (c == '#') {
                cursor.skipComment();
            } else if (c == '(') {
                cursor.at++;
                if (draft.words.size() == 1 && cursor.here() == ')') {
                    cursor.at++;
                    draft.words.clear();
                    return;
                }
            } else if (c == '\n' || c == ';' || c == '|' || c == '&' || c == ')') {
                break;
            } else {
                reading.word();
                draft.words.add(new WordReader(cursor, this, draft).read());
            }
        }
        draft.endsAt(place(cursor.at));
        draft.settle();
        options(draft);
        within(draft);
    }

    private void options(Draft draft) {
        if (draft.name().equals("set")) {
            List<Word> args = draft.args();
            for (int i = 0; i + 1 < args.size(); i++) {
                if (args.get(i + 1).text().equals("pipefail")) {
                    var option = args.get(i).text();
                    pipefail = option.startsWith("-")
                            ? option.endsWith("o") || pipefail
                            : pipefail && !option.endsWith("o");
                }
            }
        }
    }
}
