package dev.stepzero.govern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Texts out of a source that somebody wrote to deceive whoever reads the report. */
class HostileTextTest {
    private static final int HUGE = 10 << 20;

    private static void requireJson(String json) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentToken()).isNotNull();
            }
        }
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b]0;owned\u0007",
                "\u009b31m\u0000\u007f",
                "\"><script>alert(1)</script><!--",
                "]]></failure></testsuites>&entity;",
                "</style><img src=x onerror=alert(1)>",
                "[click](https://evil.example) ![x](https://evil.example/x.png) @everyone #1",
                "`code` | table | <b>bold</b>\n\n# heading",
                "\u202eadmin\u2066\u2028\u2029",
                "\ud83d lone \udd11",
                "\ufffe\uffff",
                "../../../../etc/passwd",
                "git::https://example.org//module?ref=v1",
                "%s %n {0} ${x} $1"
            })
    void noReportIsBrokenByIt(String text) throws Exception {
        var result = Samples.of(Samples.hostile(text));

        var table = Samples.written(ReportFormat.TABLE, result, new Screen(80, true, true, true));
        var page = Samples.written(ReportFormat.HTML, result);
        var junit = Samples.written(ReportFormat.JUNIT, result);
        var sarif = Samples.written(ReportFormat.SARIF, result);

        assertThat(table.replaceAll("\u001b\\[[0-9;]*m", ""))
                .matches("(?s)[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]*");
        assertThat(page)
                .containsOnlyOnce("<script>")
                .containsOnlyOnce("</style>")
                .doesNotContain("<img", "<b>bold");
        assertThat(xml(junit).getElementsByTagName("failure").getLength()).isEqualTo(1);
        requireJson(Samples.written(ReportFormat.JSON, result));
        requireJson(sarif);
        assertThat(sarif).doesNotContain("\"uri\": \"git::", "\"uri\": \"..", "\"uri\": \"\"");
        for (var written : List.of(table, page, junit, sarif)) {
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(written)).isTrue();
        }
    }

    @Test
    void aLinkInAMessageIsNoLinkInSarif() {
        var sarif = Samples.written(ReportFormat.SARIF, Samples.of(Samples.hostile("[click](https://evil.example)")));

        assertThat(sarif)
                .contains("\"message\": {\"text\": \"\\\\[click\\\\](https://evil.example).")
                .contains("# \\\\[click\\\\](https\\\\:\\\\//evil.example)");
    }

    @Test
    void aMessageOfTenMegabytesIsCutWherePeopleReadIt() {
        var result = Samples.of(message("x".repeat(HUGE)));

        assertThat(Samples.written(ReportFormat.TABLE, result))
                .hasSizeLessThan(10_000)
                .contains("more characters");
        assertThat(Samples.written(ReportFormat.HTML, result)).hasSizeLessThan(50_000);
        assertThat(Samples.written(ReportFormat.JUNIT, result)).hasSizeLessThan(50_000);
        assertThat(Samples.written(ReportFormat.SARIF, result)).hasSizeLessThan(50_000);
        assertThat(Samples.written(ReportFormat.JSON, result)).hasSizeGreaterThan(HUGE);
    }

    @Test
    void aLineOfTenMegabytesIsCutInTheExcerpt() {
        var sources = Samples.lines(java.util.Map.of("a.tf", "y".repeat(HUGE)));

        var excerpt = Excerpt.of(new Location("r", "a.tf", 1, 1), sources);

        assertThat(excerpt.lines().getFirst()).hasSizeLessThan(500);
    }

    private static Finding message(String text) {
        return new Finding(
                "rule",
                List.of(),
                "title",
                Severity.LOW,
                Location.of("resource"),
                text,
                "fix",
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                "fingerprint");
    }
}
