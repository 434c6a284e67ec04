package dev.stepzero.scan.docker;

import java.util.List;
import java.util.Optional;

/**
 * What a shell gets to read of an instruction in shell form.
 *
 * @param forShell whether it is a shell that reads it
 * @param interpreter the program that the script's first line names
 */
record ShellInput(SourceText text, boolean forShell, Optional<String> interpreter) {
    static ShellInput of(SourceText line, List<Heredoc> heredocs) {
        if (heredocs.isEmpty()) {
            return new ShellInput(line, true, Optional.empty());
        }
        if (heredocs.size() == 1 && alone(line.text())) {
            return script(heredocs.getFirst());
        }
        var builder = new SourceText.Builder().add(line.lineAt(0), "");
        copyInto(builder, line);
        for (var heredoc : heredocs) {
            int end = body(builder.add(heredoc.line() - 1, "\n"), heredoc);
            builder.add(end, heredoc.name());
        }
        return new ShellInput(builder.build(), true, Optional.empty());
    }

    private static boolean alone(String text) {
        var stripped = text.strip();
        return stripped.startsWith("<<") && stripped.indexOf(' ') < 0 && stripped.indexOf('\t') < 0;
    }

    private static ShellInput script(Heredoc heredoc) {
        var builder = new SourceText.Builder();
        body(builder, heredoc);
        var text = heredoc.stripped();
        if (!text.startsWith("#!")) {
            return new ShellInput(builder.build(), true, Optional.empty());
        }
        int end = text.indexOf('\n');
        var interpreter = text.substring(2, end < 0 ? text.length() : end).strip();
        var program = interpreter.startsWith("/usr/bin/env ") ? interpreter.substring(13) : interpreter;
        int blank = program.indexOf(' ');
        var name = blank < 0 ? program : program.substring(0, blank);
        return new ShellInput(builder.build(), name.endsWith("sh"), Optional.of(interpreter));
    }

    private static void copyInto(SourceText.Builder builder, SourceText line) {
        var text = line.text();
        int start = 0;
        int at = line.lineAt(0);
        for (int i = 1; i < text.length(); i++) {
            int here = text.charAt(i) == ' ' ? at : line.lineAt(i);
            if (here != at) {
                builder.add(at, text.substring(start, i));
                start = i;
                at = here;
            }
        }
        builder.add(at, text.substring(start));
    }

    /** Adds the text and says in which line it ends. */
    private static int body(SourceText.Builder builder, Heredoc heredoc) {
        var text = heredoc.stripped();
        int line = heredoc.line();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end + 1;
            builder.add(line++, text.substring(start, end));
            start = end;
        }
        return line;
    }
}
