package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a Dockerfile into its instructions: joins continued lines, drops comments, takes here-documents along. */
final class Statements {
    private static final int MOST = 1_000;
    private static final Set<String> TAKES_HEREDOCS = Set.of("RUN", "COPY", "ADD");

    private final Lines lines;
    private final char escape;
    private final String path;
    private final Intake intake;
    private final List<Statement> found = new ArrayList<>();
    private int next;

    private Statements(Lines lines, char escape, String path, Intake intake) {
        this.lines = lines;
        this.escape = escape;
        this.path = path;
        this.intake = intake;
    }

    static List<Statement> of(Lines lines, char escape, String path, Intake intake) {
        return new Statements(lines, escape, path, intake).read();
    }

    private List<Statement> read() {
        while (next < lines.count()) {
            if (found.size() >= MOST) {
                problem("there are more than " + MOST + " instructions; the rest is not looked at", next + 1, next + 1);
                break;
            }
            if (blankOrComment(lines.get(next))) {
                next++;
            } else {
                statement();
            }
        }
        return found;
    }

    private void statement() {
        int first = next;
        var builder = new SourceText.Builder();
        boolean more = true;
        int last = next;
        while (more && next < lines.count()) {
            var line = lines.get(next);
            if (next > first && blankOrComment(line)) {
                next++;
                continue;
            }
            int cut = continuation(line);
            more = cut >= 0;
            var part = more ? line.substring(0, cut) : line;
            builder.add(next + 1, next == first ? part.stripLeading() : part);
            last = next++;
        }
        add(builder.build(), first + 1, last + 1);
    }

    private void add(SourceText joined, int line, int lastLine) {
        var statement = Statement.of(joined, escape, line, lastLine);
        var text = statement.text().text();
        if (takesHeredocs(statement.name(), text)) {
            var heredocs = heredocs(text, line);
            statement = heredocs.isEmpty() ? statement : statement.with(heredocs, next);
        }
        found.add(statement);
    }

    private static boolean takesHeredocs(String name, String text) {
        if (!name.equals("ONBUILD")) {
            return TAKES_HEREDOCS.contains(name);
        }
        int end = text.indexOf(' ');
        return end > 0 && TAKES_HEREDOCS.contains(text.substring(0, end).toUpperCase(Locale.ROOT));
    }

    private List<Heredoc> heredocs(String text, int line) {
        var heredocs = new ArrayList<Heredoc>();
        for (var announced : Heredocs.announcedIn(text, escape)) {
            int from = next;
            boolean ended = false;
            while (next < lines.count() && !ended) {
                ended = announced.endsAt(lines.get(next++));
            }
            if (!ended) {
                problem("the text that ends with " + announced.name() + " has no end", line, lines.count());
            }
            heredocs.add(new Heredoc(
                    announced.name(),
                    announced.expand(),
                    announced.stripTabs(),
                    lines.between(from, ended ? next - 1 : next),
                    from + 1));
        }
        return heredocs;
    }

    private static boolean blankOrComment(String line) {
        int at = 0;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at == line.length() || line.charAt(at) == '#';
    }

    /** Where the escape is that joins the next line, or -1. An escaped escape joins nothing. */
    private int continuation(String line) {
        int at = line.length() - 1;
        while (at >= 0 && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at--;
        }
        return at >= 0 && line.charAt(at) == escape && (at == 0 || line.charAt(at - 1) != escape) ? at : -1;
    }

    private void problem(String message, int line, int endLine) {
        intake.problem(message, new Position(path, line, 1, endLine));
    }
}
