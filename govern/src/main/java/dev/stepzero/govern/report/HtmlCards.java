package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import java.io.IOException;
import java.io.Writer;

/** The findings of the page, one card each, and what could not be judged below them. */
final class HtmlCards {
    private static final int LONGEST_TEXT = 10_000;

    private final Writer out;
    private final ScanResult result;

    HtmlCards(Writer out, ScanResult result) {
        this.out = out;
        this.result = result;
    }

    void finding(Judged judged) throws IOException {
        var finding = judged.finding();
        var severity = Words.of(finding.severity());
        out.append("<article class=\"")
                .append(severity)
                .append(judged.isOpen() ? "" : " settled")
                .append("\" data-severity=\"")
                .append(severity)
                .append("\" data-status=\"")
                .append(judged.status().label())
                .append("\">\n<div class=\"tags\"><span class=\"badge\">")
                .append(severity)
                .append("</span>");
        if (!judged.isOpen()) {
            tag(judged.status() == Status.WAIVED ? "waived" : "known before");
        }
        for (var threat : finding.stride().stream().sorted().toList()) {
            tag(threat.label().replace('-', ' '));
        }
        out.append("</div>\n<h2>").append(text(finding.title())).append("</h2>\n");
        place(finding.location());
        excerpt(Excerpt.of(finding.location(), result.sources()));
        out.append("<dl>\n");
        facts(judged, finding);
        out.append("</dl>\n</article>\n");
    }

    private void facts(Judged judged, Finding finding) throws IOException {
        fact("What", text(finding.message()));
        var why = result.rules().why(finding.rule());
        if (why.isPresent()) {
            fact("Why", text(why.get()));
        }
        fact("To mend it", text(finding.fix()));
        for (var each : finding.related()) {
            fact("See", text(described(each)));
        }
        fact("Rule", code(finding.rule()));
        if (!finding.aliases().isEmpty()) {
            fact("Elsewhere", codes(finding.aliases()));
        }
        if (!finding.controls().isEmpty()) {
            fact("Controls", codes(finding.controls()));
        }
        if (judged.accepted().isPresent()) {
            var waiver = judged.accepted().get();
            fact("Accepted", text("by %s until %s: %s".formatted(waiver.owner(), waiver.until(), waiver.reason())));
        } else if (judged.status() == Status.WAIVED) {
            fact("Accepted", "beside the code, or by the tool that found it");
        }
    }

    void undecided() throws IOException {
        var undecided = result.undecided();
        if (undecided.isEmpty()) {
            return;
        }
        out.append("<details><summary>")
                .append(Integer.toString(undecided.size()))
                .append(" undecided: what they need is known only after apply</summary>\n");
        for (var each : undecided) {
            out.append("<article><h2>").append(text(each.title())).append("</h2>\n");
            place(each.location());
            out.append("<dl>\n");
            for (var chain : each.because()) {
                fact("Needs", code(chain));
            }
            fact("Rule", code(each.rule()));
            out.append("</dl>\n</article>\n");
        }
        out.append("</details>\n");
    }

    void skipped() throws IOException {
        var skipped = result.coverage().skipped();
        if (skipped.isEmpty()) {
            return;
        }
        out.append("<details><summary>")
                .append(Integer.toString(skipped.size()))
                .append(" skipped</summary>\n<dl>\n");
        for (var each : skipped) {
            out.append("<dt>").append(text(each.path())).append("</dt><dd>").append(text(each.reason()));
            out.append("</dd>\n");
        }
        out.append("</dl>\n</details>\n");
    }

    private void excerpt(Excerpt excerpt) throws IOException {
        if (excerpt.isEmpty()) {
            return;
        }
        out.append("<div class=\"code\"><ol>\n");
        for (var i = 0; i < excerpt.lines().size(); i++) {
            var number = excerpt.firstLine() + i;
            out.append(number == excerpt.marked() ? "<li class=\"bad\"><i>" : "<li><i>")
                    .append(Integer.toString(number))
                    .append("</i>")
                    .append(Markup.escaped(excerpt.lines().get(i)))
                    .append("</li>\n");
        }
        out.append("</ol></div>\n");
    }

    private void place(Location location) throws IOException {
        out.append("<p class=\"place\">").append(text(described(location))).append("</p>\n");
    }

    private static String described(Location location) {
        var line = location.line().isPresent() ? ":" + location.startLine() : "";
        return location.file().map(file -> file + line + " · ").orElse("") + location.resource();
    }

    private void tag(String text) throws IOException {
        out.append("<span class=\"tag\">").append(text).append("</span>");
    }

    private void fact(String name, String markup) throws IOException {
        out.append("<dt>").append(name).append("</dt><dd>").append(markup).append("</dd>\n");
    }

    private static String codes(Iterable<String> texts) {
        var codes = new StringBuilder();
        for (var text : texts) {
            codes.append(codes.isEmpty() ? "" : ", ").append(code(text));
        }
        return codes.toString();
    }

    private static String code(String text) {
        return "<code>" + text(text) + "</code>";
    }

    private static String text(String text) {
        return Markup.escaped(Words.cut(text, LONGEST_TEXT));
    }
}
