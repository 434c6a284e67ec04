package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short programs of the host to their end. */
public final class Command {
    /** Where the system's programs are. */
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Command() {}

    /**
     * How a program ended.
     *
     * @param status its exit status
     * @param output what it wrote to either stream
     */
    public record Result(int status, String output) {
        public boolean succeeded() {
            return status == 0;
        }
    }

    /**
     * Runs the program with nothing to read; one that is not there ends with status 127.
     *
     * @param command the program with its arguments
     */
    public static Result run(List<String> command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        }
    }

    /** The text as one word of a POSIX shell. */
    static String quote(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }

    static UserError missing(String program) {
        return UserError.engine("the program " + program + " is not on this machine")
                .fix("install the package util-linux and a POSIX shell");
    }
}
