package dev.stepzero.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        var interactive = columns.matches("[1-9][0-9]{1,3}");
        var plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(
                writer(System.out),
                writer(System.err),
                interactive,
                interactive && !plain,
                interactive ? Integer.parseInt(columns) : USUAL_WIDTH,
                environment);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** The same terminal, to which nothing is written. */
    Terminal silent() {
        var nowhere = new PrintWriter(java.io.Writer.nullWriter());
        return new Terminal(nowhere, nowhere, false, false, width, environment);
    }

    Paint paint() {
        return new Paint(colours);
    }

    Help.ColorScheme helpColours() {
        return Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF);
    }
}
