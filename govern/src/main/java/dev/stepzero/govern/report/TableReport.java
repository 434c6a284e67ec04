package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Undecided;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The findings by file, each with an excerpt, what is wrong, why it matters and how to mend it; then the sum. */
final class TableReport {
    private static final int LABEL = 10;
    private static final int LONGEST_TEXT = 1_200;

    private final Screen screen;
    private final Ink ink;
    private final Writer out;
    private final StringBuilder page = new StringBuilder();

    TableReport(Screen screen, Writer out) {
        this.screen = screen;
        this.out = out;
        ink = new Ink(screen.colours(), screen.unicode());
    }

    void write(ScanResult result) throws IOException {
        for (var file : byFile(result).entrySet()) {
            heading(file.getKey(), file.getValue().size());
            for (var finding : file.getValue()) {
                finding(finding, result);
                flush();
            }
        }
        if (screen.showUndecided() && !result.undecided().isEmpty()) {
            heading("undecided", result.undecided().size());
            for (var each : result.undecided()) {
                undecided(each);
                flush();
            }
        }
        new TableSummary(screen, ink, page).append(result);
        flush();
    }

    private void flush() throws IOException {
        out.append(page);
        page.setLength(0);
    }

    /** By the files' paths; what has no file comes last. */
    private static Map<String, List<Finding>> byFile(ScanResult result) {
        var files = new TreeMap<String, List<Finding>>((one, other) -> one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : one.compareTo(other));
        for (var each : result.findings()) {
            if (each.isOpen()) {
                var file = each.finding().location().file().orElse("");
                files.computeIfAbsent(file, name -> new ArrayList<>()).add(each.finding());
            }
        }
        files.values()
                .forEach(findings -> findings.sort(
                        Comparator.comparingInt(finding -> finding.location().startLine())));
        return files;
    }

    private void heading(String file, int count) {
        var number = " " + count + " ";
        var name = Shown.fitting(Shown.line(file.isEmpty() ? "no file" : file), screen.width() - number.length() - 6);
        page.append('\n')
                .append(ink.line(2))
                .append(' ')
                .append(ink.strong(name))
                .append(' ')
                .append(ink.faint(ink.line(screen.width() - Columns.of(name) - number.length() - 5)))
                .append(ink.faint(number))
                .append(ink.faint(ink.line(1)))
                .append('\n');
    }

    private void finding(Finding finding, ScanResult result) {
        page.append('\n');
        var badge = " " + finding.severity().name() + " ";
        page.append(ink.severity(finding.severity(), badge));
        var indent = LABEL + 1;
        page.append(" ".repeat(indent - badge.length()));
        texts(indent, finding.title(), true);
        place(finding, indent);
        excerpt(Excerpt.of(finding.location(), result.sources()));
        labelled("what", finding.message());
        result.rules().why(finding.rule()).ifPresent(why -> labelled("why", why));
        labelled("mend", finding.fix());
        labelled("rule", rule(finding));
        for (var each : finding.related()) {
            labelled("see", place(each));
        }
    }

    private void place(Finding finding, int indent) {
        var line = finding.location().line();
        var where = finding.location().resource()
                + (line.isPresent() ? (ink.unicode() ? " · " : ", ") + "line " + line.getAsInt() : "");
        page.append(" ".repeat(indent))
                .append(ink.faint(Shown.fitting(Shown.line(where), screen.width() - indent)))
                .append('\n');
    }

    private void excerpt(Excerpt excerpt) {
        page.append('\n');
        if (excerpt.isEmpty()) {
            return;
        }
        var digits = Math.max(5, Integer.toString(excerpt.lastLine()).length());
        var room = screen.width() - digits - 6;
        for (var i = 0; i < excerpt.lines().size(); i++) {
            var number = excerpt.firstLine() + i;
            var bad = number == excerpt.marked();
            var shown = Integer.toString(number);
            var gutter = " ".repeat(digits - shown.length()) + shown + " ";
            var text = Shown.fitting(excerpt.lines().get(i), room);
            page.append("  ")
                    .append(bad ? ink.bad(ink.mark()) : " ")
                    .append(bad ? ink.bad(gutter) : ink.faint(gutter))
                    .append(bad ? ink.bad(ink.bar()) : ink.faint(ink.bar()));
            if (!text.isEmpty()) {
                page.append(' ').append(bad ? ink.strong(text) : text);
            }
            page.append('\n');
        }
        page.append('\n');
    }

    private String rule(Finding finding) {
        return finding.aliases().isEmpty()
                ? finding.rule()
                : finding.rule() + ink.dot() + finding.aliases().getFirst();
    }

    private String place(Location location) {
        var line = location.line().isPresent() ? ":" + location.line().getAsInt() : "";
        return location.file().map(file -> file + line + " ").orElse("") + location.resource();
    }

    private void undecided(Undecided undecided) {
        page.append('\n').append(ink.caution(" UNDECIDED "));
        texts(LABEL + 1, undecided.title(), true);
        page.append(" ".repeat(LABEL + 1))
                .append(ink.faint(Shown.fitting(Shown.line(place(undecided.location())), screen.width() - LABEL - 1)))
                .append('\n');
        for (var chain : undecided.because()) {
            labelled("needs", chain);
        }
        labelled("rule", undecided.rule());
    }

    private void labelled(String label, String text) {
        if (text.isBlank()) {
            return;
        }
        page.append(" ".repeat(LABEL - 1 - label.length()))
                .append(ink.faint(label))
                .append("  ");
        texts(LABEL + 1, text, false);
    }

    /** A text behind what stands in the line already. */
    private void texts(int indent, String text, boolean strong) {
        var lines = Wrapped.at(screen.width() - indent, Shown.line(Words.cut(text.strip(), LONGEST_TEXT)));
        for (var i = 0; i < lines.size(); i++) {
            page.append(i == 0 ? "" : " ".repeat(indent))
                    .append(strong ? ink.strong(lines.get(i)) : lines.get(i))
                    .append('\n');
        }
    }
}
