package dev.stepzero.scan.shell;

import java.util.List;

/** A program that runs the program named in its words. */
enum Wrapper {
    SUDO("sudo", "-u -g -h -p -C -D -R -T -U --user --group --chdir", 0),
    DOAS("doas", "-u -C", 0),
    ENV("env", "-u --unset -C --chdir", 0),
    EXEC("exec", "-a", 0),
    COMMAND("command", "", 0),
    BUILTIN("builtin", "", 0),
    NOHUP("nohup", "", 0),
    TIME("time", "-f -o", 0),
    NICE("nice", "-n", 0),
    IONICE("ionice", "-c -n", 0),
    EATMYDATA("eatmydata", "", 0),
    BUSYBOX("busybox", "", 0),
    XARGS("xargs", "-I -n -P -L -d -a -s -E", 0),
    TIMEOUT("timeout", "-s -k --signal --kill-after", 1),
    GOSU("gosu", "", 1),
    SU_EXEC("su-exec", "", 1);

    private final String program;
    /** Words with a blank before and behind each. */
    private final String optionsWithValue;

    private final int operands;

    Wrapper(String program, String optionsWithValue, int operands) {
        this.program = program;
        this.optionsWithValue = " " + optionsWithValue + " ";
        this.operands = operands;
    }

    /** Where the wrapped program's words begin; where they began when the word is no wrapper, or wraps nothing. */
    static int skip(List<Word> words, int at) {
        var name = name(words.get(at).text());
        for (var wrapper : values()) {
            if (wrapper.program.equals(name)) {
                int next = wrapper.wrapped(words, at + 1);
                return next < words.size() ? next : at;
            }
        }
        return at;
    }

    static boolean raises(String word) {
        var name = name(word);
        return name.equals(SUDO.program) || name.equals(DOAS.program);
    }

    private static String name(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private int wrapped(List<Word> words, int start) {
        int at = start;
        while (at < words.size() && words.get(at).text().startsWith("-")) {
            var option = words.get(at).text();
            if (this == COMMAND && (option.equals("-v") || option.equals("-V"))) {
                return words.size();
            }
            at += optionsWithValue.contains(" " + option + " ") ? 2 : 1;
        }
        return at + operands;
    }
}
