package dev.stepzero.scan.shell;

import java.util.ArrayList;
import java.util.List;

/** What reading a script and the scripts within it has come to, and how much more of it is allowed. */
final class Reading {
    private static final int MOST_WORDS = 20_000;
    private static final int MOST_COMMANDS = 2_000;
    private static final int DEEPEST = 40;
    /** How many times its own length the scripts in a script may have together: each level reads all below it again. */
    private static final int MOST_TIMES = 8;

    private static final int ALWAYS = 10_000;

    final Dialect dialect;
    private final List<Draft> drafts = new ArrayList<>();
    private int words;
    private int depth;
    private long characters;

    /** @param length of all that is to be read */
    Reading(Dialect dialect, int length) {
        this.dialect = dialect;
        this.characters = ALWAYS + (long) length * MOST_TIMES;
    }

    void add(Draft draft) {
        if (drafts.size() == MOST_COMMANDS) {
            throw new Exceeded("the script has more than " + MOST_COMMANDS + " commands; the rest is not looked at");
        }
        drafts.add(draft);
    }

    /** Counts a word. */
    void word() {
        if (++words > MOST_WORDS) {
            throw new Exceeded("the script has more than " + MOST_WORDS + " words; the rest is not looked at");
        }
    }

    /** Begins a script that stands in another. */
    void enter(String script) {
        characters -= script.length();
        if (characters < 0) {
            throw new Exceeded(
                    "the script unfolds to more than " + MOST_TIMES + " times its length; the rest is not looked at");
        }
        enter();
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw new Exceeded("the script is nested more than " + DEEPEST + " deep; the rest is not looked at");
        }
    }

    void leave() {
        depth--;
    }

    int size() {
        return drafts.size();
    }

    Draft draft(int index) {
        return drafts.get(index);
    }

    /** Forgets what was taken down since. */
    void cut(int size) {
        drafts.subList(size, drafts.size()).clear();
    }

    List<Command> commands() {
        var commands = new ArrayList<Command>(drafts.size());
        for (var draft : drafts) {
            if (!draft.blank()) {
                commands.add(draft.command());
            }
        }
        return commands;
    }

    /** Says that a script is larger than anybody writes. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exceeded(String message) {
            super(message, null, false, false);
        }
    }
}
