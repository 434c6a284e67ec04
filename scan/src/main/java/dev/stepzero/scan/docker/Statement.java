package dev.stepzero.scan.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An instruction as it is written.
 *
 * @param name in upper case
 * @param flags what stands before the arguments, in order
 * @param text all that follows the name, its lines joined, without comments
 * @param arguments the same without the flags
 */
record Statement(
        String name,
        List<Flag> flags,
        SourceText text,
        SourceText arguments,
        List<Heredoc> heredocs,
        int line,
        int endLine) {
    /** {@code --name=value}; without a value it is {@code true}. */
    record Flag(String name, String value, int line) {}

    /** Takes an instruction's joined lines apart. */
    static Statement of(SourceText joined, char escape, int line, int endLine) {
        var text = joined.text();
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        int start = end;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        var rest = joined.from(start);
        var flags = new ArrayList<Flag>();
        int arguments = Flags.read(rest, escape, flags);
        return new Statement(
                text.substring(0, end).toUpperCase(Locale.ROOT),
                flags,
                rest,
                rest.from(arguments),
                List.of(),
                line,
                endLine);
    }

    /** The same with the texts that follow it. */
    Statement with(List<Heredoc> following, int lastLine) {
        return new Statement(name, flags, text, arguments, following, line, lastLine);
    }

    /** The instruction that this one keeps for the images built upon it. */
    Statement trigger(char escape) {
        return of(arguments, escape, line, endLine).with(heredocs, endLine);
    }

    Optional<String> flag(String wanted) {
        for (var flag : flags) {
            if (flag.name().equals(wanted)) {
                return Optional.of(flag.value());
            }
        }
        return Optional.empty();
    }
}
