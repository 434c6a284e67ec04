package dev.stepzero.cli;

import dev.stepzero.govern.report.Ink;
import dev.stepzero.govern.report.Screen;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help;

/**
 * Where results and progress go.
 *
 * @param out results
 * @param err messages and progress
 * @param interactive whether a person watches {@code err}
 * @param colours whether colours may be used on {@code err}
 * @param width columns
 * @param environment the process's environment variables
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        boolean colours,
        int width,
        Map<String, String> environment) {
    private static final int USUAL_WIDTH = 100;

    /**
     * The terminal of this process. The launcher, which can tell whether a person watches the errors, says so by
     * {@code STEPZERO_COLUMNS}; {@code NO_COLOR} and {@code TERM=dumb} are honoured.
     */
    static Terminal ofProcess(Map<String, String> environment) {
        var columns = environment.getOrDefault("STEPZERO_COLUMNS", "");
        var interactive = isWidth(columns);
        return new Terminal(
                writer(System.out),
                writer(System.err),
                interactive,
                interactive && !plain(environment),
                interactive ? Integer.parseInt(columns) : USUAL_WIDTH,
                environment);
    }

    private static boolean isWidth(String columns) {
        return columns.matches("[1-9][0-9]{1,3}");
    }

    private static boolean plain(Map<String, String> environment) {
        return !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /**
     * How {@code out} shows a report. Whether a person watches it, the launcher says by {@code STEPZERO_OUT_COLUMNS};
     * drawings are made of ASCII where the locale knows no more.
     */
    Screen screen(boolean showUndecided) {
        var columns = environment.getOrDefault("STEPZERO_OUT_COLUMNS", "");
        var watched = isWidth(columns);
        return new Screen(
                watched ? Integer.parseInt(columns) : USUAL_WIDTH,
                watched && !plain(environment),
                unicode(),
                showUndecided);
    }

    private boolean unicode() {
        for (var variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            var locale = environment.getOrDefault(variable, "").toLowerCase(Locale.ROOT);
            if (!locale.isEmpty()) {
                return locale.contains("utf-8") || locale.contains("utf8");
            }
        }
        return false;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** The same terminal, to which nothing is written. */
    Terminal silent() {
        var nowhere = new PrintWriter(java.io.Writer.nullWriter());
        return new Terminal(nowhere, nowhere, false, false, width, environment);
    }

    /** The same terminal in another environment. */
    Terminal in(Map<String, String> other) {
        return new Terminal(out, err, interactive, colours, width, other);
    }

    Ink paint() {
        return new Ink(colours, unicode());
    }

    Help.ColorScheme helpColours() {
        return Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF);
    }
}
