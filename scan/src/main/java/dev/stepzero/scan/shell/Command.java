package dev.stepzero.scan.shell;

import java.util.List;

/**
 * A simple command of a script. Variables stay as they are written: {@code $HOME}, {@code ${VERSION}}.
 *
 * @param name the program's name without its directory, after {@code sudo}, {@code env} and their like; empty for
 *     assignments and redirections that stand alone
 * @param program the name as it is written
 * @param args the words that follow it, without their quotes
 * @param sudo whether it is run through sudo or doas
 * @param pipefail whether a failure anywhere in a pipe is seen when it runs
 * @param inside the name of the command whose words or script it stands in; empty when it stands for itself
 * @param pipeTo the names of the commands that read what it writes, nearest first
 * @param pipedFrom the names of the commands that write what it reads
 * @param offset where it begins in the text
 * @param end where it ends
 */
public record Command(
        String name,
        String program,
        List<String> args,
        List<Assignment> assignments,
        List<Redirect> redirects,
        boolean sudo,
        boolean pipefail,
        String inside,
        List<String> pipeTo,
        List<String> pipedFrom,
        int offset,
        int end) {
    /** A variable that is set for the command, or for what follows. */
    public record Assignment(String name, String value) {}

    /** Where input comes from or output goes to: {@code >>} and a file. */
    public record Redirect(String operator, String target) {}

    public Command {
        args = List.copyOf(args);
        assignments = List.copyOf(assignments);
        redirects = List.copyOf(redirects);
        pipeTo = List.copyOf(pipeTo);
        pipedFrom = List.copyOf(pipedFrom);
    }
}
