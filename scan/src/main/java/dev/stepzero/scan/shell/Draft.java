package dev.stepzero.scan.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command while it is being read. */
final class Draft {
    private static final int MOST_PIPED = 16;
    private static final Set<String> SETS_VARIABLES = Set.of("export", "declare", "typeset", "readonly", "local");

    final int offset;
    final boolean pipefail;
    final List<Word> words = new ArrayList<>();
    final List<Command.Redirect> redirects = new ArrayList<>();
    private final @Nullable Draft parent;
    private final List<Command.Assignment> assignments = new ArrayList<>();
    private final List<String> pipeTo = new ArrayList<>();
    private final List<String> pipedFrom = new ArrayList<>();
    private List<Word> args = List.of();
    private String program = "";
    private boolean sudo;
    private int end;

    Draft(int offset, @Nullable Draft parent, boolean pipefail) {
        this.offset = offset;
        this.parent = parent;
        this.pipefail = pipefail;
    }

    /** Finds out, once all words are there, which of them is the program. */
    void settle() {
        int at = 0;
        while (at < words.size()) {
            int eq = assignmentIn(words.get(at));
            if (eq > 0) {
                assign(words.get(at).text(), eq);
                at++;
                continue;
            }
            int skipped = Wrapper.skip(words, at);
            if (skipped == at) {
                break;
            }
            sudo |= Wrapper.raises(words.get(at).text());
            at = skipped;
        }
        if (at < words.size()) {
            program = words.get(at).text();
            sudo |= Wrapper.raises(program);
            args = words.subList(at + 1, words.size());
            if (SETS_VARIABLES.contains(program)) {
                for (var arg : args) {
                    int eq = assignmentIn(arg);
                    if (eq > 0) {
                        assign(arg.text(), eq);
                    }
                }
            }
        }
    }

    private void assign(String text, int eq) {
        assignments.add(new Command.Assignment(text.substring(0, eq), text.substring(eq + 1)));
    }

    private static int assignmentIn(Word word) {
        var text = word.text();
        int eq = text.indexOf('=');
        for (int i = 0; i < eq; i++) {
            char c = text.charAt(i);
            if (c != '_' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(i > 0 && c >= '0' && c <= '9')) {
                return -1;
            }
        }
        return eq;
    }

    void endsAt(int offset) {
        end = offset;
    }

    /** Empty also where the program is known only when it runs. */
    String name() {
        if (program.startsWith("$(") || program.startsWith("`")) {
            return "";
        }
        int slash = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
        var name = program.substring(slash + 1);
        return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    }

    List<Word> args() {
        return args;
    }

    /** Notes who reads what it writes; false once more are known than matter. */
    boolean pipesTo(Draft reader) {
        if (reader.pipedFrom.size() < MOST_PIPED) {
            reader.pipedFrom.add(name());
        }
        pipeTo.add(reader.name());
        return pipeTo.size() < MOST_PIPED;
    }

    boolean blank() {
        return name().isEmpty() && assignments.isEmpty() && redirects.isEmpty();
    }

    Command command() {
        return new Command(
                name(),
                program,
                args.stream().map(Word::text).toList(),
                assignments,
                redirects,
                sudo,
                pipefail,
                parent == null ? "" : parent.name(),
                pipeTo,
                pipedFrom,
                offset,
                end);
    }
}
