package dev.stepzero.scan.shell;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A script's commands in the order in which they are written, those in substitutions, functions and branches too. Reading
 * is tolerant: what is no proper shell gives the commands that can be made out.
 *
 * @param problem why a part of it was not read, or null
 */
public record Script(List<Command> commands, @Nullable String problem) {
    public Script {
        commands = List.copyOf(commands);
    }

    /**
     * Reads a script.
     *
     * @param pipefail whether its shell was started with that option
     */
    public static Script of(String text, Dialect dialect, boolean pipefail) {
        var reading = new Reading(dialect, text.length());
        try {
            new ScriptReader(reading, text, pipefail).script();
        } catch (Reading.Exceeded e) {
            return new Script(reading.commands(), e.getMessage());
        }
        return new Script(reading.commands(), null);
    }

    /** Takes one command whose words are given, as an array in a Dockerfile does. */
    public static Script ofWords(List<String> words, Dialect dialect) {
        var reading =
                new Reading(dialect, words.stream().mapToInt(String::length).sum());
        try {
            var draft = new Draft(0, null, false);
            words.forEach(word -> draft.words.add(new Word(word, true, false)));
            reading.add(draft);
            draft.settle();
            new ScriptReader(reading, "", false).within(draft);
        } catch (Reading.Exceeded e) {
            return new Script(reading.commands(), e.getMessage());
        }
        return new Script(reading.commands(), null);
    }

    public Optional<String> unread() {
        return Optional.ofNullable(problem);
    }
}
