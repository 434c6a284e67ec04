package dev.stepzero.ship.forge.client;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;

/**
 * What stands on a pull request: the outcome, why, the worst findings with how to mend them, and where to read the rest.
 * Whatever comes from the repository is escaped, since its author wrote it and maintainers read it.
 */
final class CommentText {
    private static final int MOST_FINDINGS = 15;
    private static final int MOST_REASONS = 5;
    private static final int LONGEST_CELL = 160;

    private CommentText() {}

    static String of(Report report) {
        var text = new StringBuilder();
        text.append("### ").append(headline(report)).append("\n\n");
        text.append(Markdown.text(report.summary(), 500)).append("\n");
        if (!report.reasons().isEmpty()) {
            text.append('\n');
            report.reasons().stream()
                    .limit(MOST_REASONS)
                    .forEach(reason ->
                            text.append("- ").append(Markdown.text(reason, 300)).append('\n'));
        }
        if (!report.findings().isEmpty()) {
            table(report, text);
        }
        text.append("\nRun ")
                .append(report.run())
                .append(" of commit `")
                .append(report.commit(), 0, 12)
                .append("`: [details](<")
                .append(report.details().toASCIIString())
                .append(">)\n");
        return text.toString();
    }

    private static String headline(Report report) {
        return "Stepzero: "
                + switch (report.state()) {
                    case RUNNING -> "at work";
                    case PASSED -> "passed";
                    case BLOCKED -> "blocked";
                    case FAILED -> "could not judge this change";
                };
    }

    private static void table(Report report, StringBuilder text) {
        text.append("\n| | Where | What | How to mend it |\n|---|---|---|---|\n");
        report.findings().stream().limit(MOST_FINDINGS).forEach(finding -> row(finding, text));
        var more = report.findings().size() - MOST_FINDINGS;
        if (more > 0) {
            text.append("\n%d more in the details.\n".formatted(more));
        }
    }

    private static void row(Finding finding, StringBuilder text) {
        text.append("| ")
                .append(finding.severity().label())
                .append(" | ")
                .append(Markdown.text(place(finding.location()), LONGEST_CELL))
                .append(" | ")
                .append(Markdown.text(finding.title() + " (" + finding.rule() + ")", LONGEST_CELL))
                .append(" | ")
                .append(Markdown.text(finding.fix(), LONGEST_CELL))
                .append(" |\n");
    }

    private static String place(Location location) {
        return location.file()
                .map(file -> location.line().isPresent()
                        ? file + ":" + location.line().getAsInt()
                        : file)
                .orElse(location.resource());
    }
}
