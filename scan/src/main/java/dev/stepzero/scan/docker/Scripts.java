package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.shell.Command;
import dev.stepzero.scan.shell.Dialect;
import dev.stepzero.scan.shell.Script;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.List;

/** What RUN, CMD, ENTRYPOINT and HEALTHCHECK run. */
final class Scripts {
    private static final int MOST_COMMANDS = 5_000;

    private final String path;
    private final Intake intake;
    /** How many more commands of the file are shown to the rules. */
    private int left = MOST_COMMANDS;

    Scripts(String path, Intake intake) {
        this.path = path;
        this.intake = intake;
    }

    /** Adds the form, the words or the script, and the commands. */
    void read(Statement statement, SourceText source, Stage stage, Attributes attributes) {
        var text = source.text().strip();
        var words = ExecForm.of(text);
        var dialect = Dialect.of(stage.shell.getFirst());
        if (words.isPresent()) {
            attributes.put("form", "exec").texts("arguments", words.get());
            var script = Script.ofWords(words.get(), dialect);
            commands(statement, script, offset -> statement.line(), attributes);
            return;
        }
        attributes.put("form", "shell").put("script", text);
        var given = ShellInput.of(source, statement.heredocs());
        given.interpreter().ifPresent(interpreter -> attributes.put("interpreter", interpreter));
        if (given.forShell()) {
            var script = Script.of(given.text().text(), dialect, stage.pipefail());
            commands(statement, script, given.text()::lineAt, attributes);
        }
    }

    private interface LineOf {
        int at(int offset);
    }

    private void commands(Statement statement, Script script, LineOf lines, Attributes attributes) {
        script.unread()
                .ifPresent(why -> intake.problem(
                        statement.name() + ": " + why, new Position(path, statement.line(), 1, statement.endLine())));
        var commands = new ArrayList<Located>();
        var pipefail = false;
        if (left > 0 && script.commands().size() > left) {
            intake.problem(
                    "the file runs more than " + MOST_COMMANDS + " commands; the rest is not looked at",
                    new Position(path, statement.line(), 1, statement.endLine()));
        }
        int shown = Math.min(left, script.commands().size());
        left -= shown;
        for (Command command : script.commands().subList(0, shown)) {
            int line = lines.at(command.offset());
            int end = Math.max(line, lines.at(Math.max(command.offset(), command.end() - 1)));
            commands.add(CommandValues.of(command, new Position(path, line, 1, end)));
            pipefail |= command.pipefail();
        }
        attributes
                .list("commands", commands)
                .put("shell_options", attributes.texts(pipefail ? List.of("pipefail") : List.of()));
    }
}
