package dev.stepzero.govern.report;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** The last lines of the table: how much was found, what was looked at, and what the gate says. */
final class TableSummary {
    private static final int MOST_SKIPPED = 5;

    private final Screen screen;
    private final Ink ink;
    private final StringBuilder page;

    TableSummary(Screen screen, Ink ink, StringBuilder page) {
        this.screen = screen;
        this.ink = ink;
        this.page = page;
    }

    void append(ScanResult result) {
        page.append('\n').append(ink.faint(ink.line(screen.width()))).append('\n');
        page.append("  ").append(found(result)).append('\n');
        wrapped(covered(result), 2, true);
        skipped(result);
        result.coverage().notes().forEach(note -> wrapped(note, 4, true));
        for (var reason : result.reasons()) {
            wrapped(reason, 2, false);
        }
        page.append("  ").append(decision(result)).append('\n');
    }

    private String found(ScanResult result) {
        var parts = new ArrayList<String>();
        for (var severity : List.of(Severity.values()).reversed()) {
            var count = result.open(severity);
            if (count > 0) {
                var part = count + " " + Words.of(severity);
                parts.add(ink.colours() ? ink.severity(severity, " " + part + " ") : part);
            }
        }
        var all = result.open() == 0 ? ink.good("no finding") : ink.strong(Words.count(result.open(), "finding"));
        var line = new StringBuilder(all);
        if (!parts.isEmpty()) {
            line.append("  ").append(String.join(ink.colours() ? " " : ", ", parts));
        }
        aside(line, result.count(Status.WAIVED), "waived");
        aside(line, result.count(Status.BASELINE), "in the baseline");
        return line.toString();
    }

    private void aside(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append("  ").append(ink.faint(count + " " + what));
        }
    }

    private String covered(ScanResult result) {
        var coverage = result.coverage();
        var undecided = result.undecided().size();
        return "%s (%d understood), %s, %d undecided%s, %d skipped, %d ms"
                .formatted(
                        Words.count(coverage.files(), "file"),
                        coverage.parsed(),
                        Words.count(coverage.resources(), "resource"),
                        undecided,
                        undecided > 0 && !screen.showUndecided() ? " (--show-undecided)" : "",
                        coverage.skipped().size(),
                        result.milliseconds());
    }

    private void skipped(ScanResult result) {
        var skipped = varied(result.coverage().skipped());
        for (var each : skipped.subList(0, Math.min(MOST_SKIPPED, skipped.size()))) {
            wrapped("skipped " + each.path() + ": " + each.reason(), 4, true);
        }
        if (skipped.size() > MOST_SKIPPED) {
            wrapped("and %d more (--format json lists them)".formatted(skipped.size() - MOST_SKIPPED), 4, true);
        }
    }

    /** One for each reason first, so that many of one kind do not hide the only one of another. */
    private static List<Coverage.Skipped> varied(List<Coverage.Skipped> skipped) {
        var before = new HashMap<String, Integer>();
        var turns = new TreeMap<Integer, List<Coverage.Skipped>>();
        for (var each : skipped) {
            int turn = before.merge(each.reason(), 1, Integer::sum);
            turns.computeIfAbsent(turn, _ -> new ArrayList<>()).add(each);
        }
        return turns.values().stream().flatMap(List::stream).toList();
    }

    private void wrapped(String text, int indent, boolean faint) {
        for (var line : Wrapped.at(screen.width() - indent, Shown.line(Words.cut(text, 300)))) {
            page.append(" ".repeat(indent))
                    .append(faint ? ink.faint(line) : line)
                    .append('\n');
        }
    }

    private String decision(ScanResult result) {
        return switch (result.decision()) {
            case PASS -> ink.good(ink.tick() + " nothing blocks");
            case WARN -> ink.caution(ink.tick() + " nothing blocks, with warnings");
            case BLOCK -> ink.bad(ink.cross() + " the gate blocks");
        };
    }
}
