package dev.stepzero.cli;

import java.util.List;

/** A few lines at the bottom of the terminal that are drawn again and again; nothing where no terminal is. */
final class LiveLines {
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final Terminal terminal;
    private int shown;

    LiveLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void clear() {
        if (shown > 0) {
            terminal.err().print(UP_AND_CLEAR.repeat(shown));
            terminal.err().flush();
            shown = 0;
        }
    }

    void show(List<String> lines) {
        if (!terminal.interactive() || !terminal.colours()) {
            return;
        }
        clear();
        for (var line : lines) {
            terminal.err().println(cut(line));
        }
        terminal.err().flush();
        shown = lines.size();
    }

    /** Cuts a line to the terminal's width, counting only what is visible. */
    private String cut(String line) {
        var visible = 0;
        for (var i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\u001b') {
                i = line.indexOf('m', i);
            } else if (++visible >= terminal.width()) {
                return line.substring(0, i) + "\u001b[0m";
            }
        }
        return line;
    }
}
