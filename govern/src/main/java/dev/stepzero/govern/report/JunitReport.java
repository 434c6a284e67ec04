package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Undecided;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A suite a file, a failed case a finding. What is waived, known before or undecided is a skipped case that says so; a
 * scan that found nothing is one case that passed, for build servers take an empty report for a broken one.
 */
final class JunitReport {
    private static final int LONGEST_TEXT = 10_000;

    private final Writer out;

    JunitReport(Writer out) {
        this.out = out;
    }

    void write(ScanResult result) throws IOException {
        var suites = suites(result);
        var cases = result.findings().size() + result.undecided().size();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        tag(
                "testsuites",
                "stepzero scan " + result.subject(),
                Math.max(1, cases),
                result.open(),
                cases - result.open());
        out.append(" time=\"").append(seconds(result.milliseconds())).append("\">\n");
        for (var suite : suites.entrySet()) {
            suite(suite.getKey(), suite.getValue());
        }
        if (suites.isEmpty()) {
            out.append("  ");
            tag("testsuite", result.subject(), 1, 0, 0);
            out.append(">\n    <testcase classname=\"stepzero\" name=\"no finding\"/>\n  </testsuite>\n");
        }
        out.append("</testsuites>\n");
    }

    /** What one file gives. */
    private record Suite(List<Judged> findings, List<Undecided> undecided) {
        Suite() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private static Map<String, Suite> suites(ScanResult result) {
        var suites = new TreeMap<String, Suite>();
        for (var each : result.findings()) {
            suite(suites, each.finding().location().file().orElse(""))
                    .findings()
                    .add(each);
        }
        for (var each : result.undecided()) {
            suite(suites, each.location().file().orElse("")).undecided().add(each);
        }
        return suites;
    }

    private static Suite suite(Map<String, Suite> suites, String file) {
        return suites.computeIfAbsent(file.isEmpty() ? "no file" : file, name -> new Suite());
    }

    private void suite(String file, Suite suite) throws IOException {
        var failures = (int) suite.findings().stream().filter(Judged::isOpen).count();
        var cases = suite.findings().size() + suite.undecided().size();
        out.append("  ");
        tag("testsuite", file, cases, failures, cases - failures);
        out.append(">\n");
        for (var each : suite.findings()) {
            finding(file, each);
        }
        for (var each : suite.undecided()) {
            testcase(file, each.rule(), each.location());
            skipped("undecided: " + String.join("; ", each.because()));
        }
        out.append("  </testsuite>\n");
    }

    private void finding(String file, Judged judged) throws IOException {
        var finding = judged.finding();
        testcase(file, finding.rule(), finding.location());
        switch (judged.status()) {
            case OPEN -> failure(finding);
            case BASELINE -> skipped("in the baseline: " + finding.message());
            case WAIVED ->
                skipped(judged.accepted()
                        .map(waiver -> "accepted by %s until %s: %s"
                                .formatted(waiver.owner(), waiver.until(), waiver.reason()))
                        .orElse("accepted beside the code, or by the tool that found it"));
        }
    }

    private void testcase(String file, String rule, Location location) throws IOException {
        out.append("    <testcase");
        attribute("classname", file);
        attribute("name", rule + " " + location.resource());
        if (location.file().isPresent()) {
            attribute("file", location.file().get());
        }
        if (location.line().isPresent()) {
            attribute("line", Integer.toString(location.startLine()));
        }
        out.append(">\n");
    }

    private void failure(Finding finding) throws IOException {
        out.append("      <failure");
        attribute("type", Words.of(finding.severity()));
        attribute("message", finding.title());
        out.append('>')
                .append(text(finding.message()))
                .append("\nTo mend it: ")
                .append(text(finding.fix()))
                .append("</failure>\n    </testcase>\n");
    }

    private void skipped(String why) throws IOException {
        out.append("      <skipped");
        attribute("message", why);
        out.append("/>\n    </testcase>\n");
    }

    private void tag(String tag, String name, int tests, int failures, int skipped) throws IOException {
        out.append('<').append(tag);
        attribute("name", name);
        attribute("tests", Integer.toString(tests));
        attribute("failures", Integer.toString(failures));
        attribute("errors", "0");
        attribute("skipped", Integer.toString(skipped));
    }

    private void attribute(String name, String value) throws IOException {
        out.append(' ').append(name).append("=\"").append(text(value)).append('"');
    }

    private static String text(String text) {
        return Markup.escaped(Words.cut(text, LONGEST_TEXT));
    }

    private static String seconds(long milliseconds) {
        var thousandths = Long.toString(1000 + milliseconds % 1000).substring(1);
        return milliseconds / 1000 + "." + thousandths;
    }
}
