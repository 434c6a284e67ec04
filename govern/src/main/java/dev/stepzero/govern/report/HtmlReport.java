package dev.stepzero.govern.report;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * One page that needs nothing but a browser. Its policy lets no more than its own style and script run, told by their
 * digests, so that even a text that escaped the escaping would stay a text.
 */
final class HtmlReport {
    private final Writer out;

    HtmlReport(Writer out) {
        this.out = out;
    }

    void write(ScanResult result) throws IOException {
        var style = resource("report.css");
        var script = resource("report.js");
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")
                .append(hash(style))
                .append("'; script-src '")
                .append(hash(script))
                .append("'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>Stepzero: ")
                .append(Markup.escaped(result.subject()))
                .append("</title>\n<style>")
                .append(style)
                .append("</style>\n</head>\n<body>\n");
        header(result);
        out.append("<main>\n");
        filter(result);
        var cards = new HtmlCards(out, result);
        for (var each : result.findings()) {
            cards.finding(each);
        }
        if (result.findings().isEmpty()) {
            out.append("<p class=\"none\">No finding.</p>\n");
        }
        cards.undecided();
        cards.skipped();
        out.append("</main>\n<footer>Made by <strong>stepzero scan</strong>.</footer>\n<script>")
                .append(script)
                .append("</script>\n</body>\n</html>\n");
    }

    private void header(ScanResult result) throws IOException {
        out.append("<header>\n<div class=\"top\"><h1><small>Scan of</small> ")
                .append(Markup.escaped(result.subject()))
                .append("</h1>");
        var decision = Words.of(result.decision());
        out.append("<span class=\"verdict ").append(decision).append("\">");
        out.append(
                        switch (result.decision()) {
                            case PASS -> "Nothing blocks";
                            case WARN -> "Nothing blocks, with warnings";
                            case BLOCK -> "The gate blocks";
                        })
                .append("</span></div>\n<ul class=\"counts\">\n");
        for (var severity : worstFirst()) {
            count(Words.of(severity), result.open(severity), Words.of(severity));
        }
        count("", result.undecided().size(), "undecided");
        count("", result.count(Status.WAIVED) + result.count(Status.BASELINE), "waived or known");
        out.append("</ul>\n<p class=\"covered\">Looked at ")
                .append(coverage(result))
                .append(".</p>\n");
        if (!result.reasons().isEmpty()) {
            out.append("<ul class=\"reasons\">\n");
            for (var reason : result.reasons()) {
                out.append("<li>").append(Markup.escaped(reason)).append("</li>\n");
            }
            out.append("</ul>\n");
        }
        out.append("</header>\n");
    }

    private static String coverage(ScanResult result) {
        var coverage = result.coverage();
        var sum = "%s (%d understood) and %s in %d ms; %d skipped"
                .formatted(
                        Words.count(coverage.files(), "file"),
                        coverage.parsed(),
                        Words.count(coverage.resources(), "resource"),
                        result.milliseconds(),
                        coverage.skipped().size());
        var all = new ArrayList<>(List.of(sum));
        all.addAll(coverage.notes());
        return Markup.escaped(String.join("; ", all));
    }

    private void count(String tone, int number, String label) throws IOException {
        out.append("<li class=\"")
                .append(tone)
                .append(number > 0 ? " some" : "")
                .append("\"><b>");
        out.append(Integer.toString(number)).append("</b><span>").append(label).append("</span></li>\n");
    }

    /** Hidden until the script runs, for without it nothing would happen. */
    private void filter(ScanResult result) throws IOException {
        if (result.findings().isEmpty()) {
            return;
        }
        out.append("<form hidden>\n<input type=\"search\" name=\"text\" placeholder=\"Filter by any words\"")
                .append(" aria-label=\"Filter by any words\" autocomplete=\"off\">\n");
        for (var severity : worstFirst()) {
            var word = Words.of(severity);
            out.append("<label><input type=\"checkbox\" name=\"severity\" value=\"")
                    .append(word)
                    .append("\" checked> ")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1))
                    .append("</label>\n");
        }
        if (result.open() < result.findings().size()) {
            out.append("<label><input type=\"checkbox\" name=\"settled\"> Waived and known</label>\n");
        }
        out.append("<output></output>\n</form>\n");
    }

    private static List<Severity> worstFirst() {
        return List.of(Severity.values()).reversed();
    }

    private static String hash(String text) {
        return "sha256-"
                + Base64.getEncoder().encodeToString(Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String resource(String name) {
        try (var stream = HtmlReport.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the distribution");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
