package dev.stepzero.scan.code.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepzero.core.Coverage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that is made to break whoever reads it: it is left out, and that is said, or it is judged where it can be. */
class HostileCodeTest {
    private static final String NEEDLE = "\nneedle(input)\n";

    @TempDir
    private Path directory;

    private Code code;

    @BeforeEach
    void setUp() throws Exception {
        code = new Code(directory)
                .rule("t-js", "javascript", "patterns:\n  - match: needle($X)\n")
                .rule("t-py", "python", "patterns:\n  - match: needle($X)\n")
                .rule("t-go", "go", "patterns:\n  - match: needle($X)\n");
    }

    @Test
    void aLineOf50MegabytesIsLeftOut() throws Exception {
        code.file("bundle.js", "a=1;".repeat(13_000_000)).file("small.js", NEEDLE);

        var report = code.report();

        assertThat(report.coverage().skipped())
                .extracting(Coverage.Skipped::path, Coverage.Skipped::reason)
                .containsExactly(tuple("bundle.js", "it has 49 MB, more than the 2 that are read as code"));
        assertThat(report.findings()).extracting(each -> each.location().path()).containsExactly("small.js");
    }

    @Test
    void minifiedCodeIsLeftOut() throws Exception {
        code.file("app.js", "needle(x);".repeat(2000));

        var report = code.report();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped())
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains("a program made it"));
    }

    @ParameterizedTest
    @CsvSource({"x.py, t-py", "x.js, t-js", "x.ts, t-js", "x.go, t-go"})
    void bracketsThatAreNestedHundredThousandTimesAreSurvived(String name, String rule) throws Exception {
        code.file(name, NEEDLE + "x = " + "[\n".repeat(100_000) + "]".repeat(100_000) + "\n");

        var report = code.report();

        assertThat(report.coverage().skipped()).isNotEmpty();
        assertThat(report.findings()).allSatisfy(each -> assertThat(each.rule()).isEqualTo(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.py", "x.js", "x.go", "x.tsx"})
    void longChainsAreFollowed(String name) throws Exception {
        code.file(
                name,
                "x = \"a\""
                        + " +\\\n \"b\""
                                .replace("\\", name.endsWith(".py") ? "\\" : "")
                                .repeat(5_000) + "\n" + "y = a" + ".b".repeat(5_000) + "\nz = f" + "()".repeat(5_000)
                        + NEEDLE);

        var report = code.report();

        assertThat(report.findings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.py", "x.js", "x.go", "x.ts", "x.tsx"})
    void whatIsNoTextOrNoCodeIsNoFinding(String name) throws Exception {
        var junk = new byte[100_000];
        new Random(7).nextBytes(junk);
        code.bytes(name, junk);

        var report = code.report();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped())
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains("no UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.py", "x.js", "x.go", "x.ts", "x.tsx"})
    void aFileOfOnlyErrorsIsSaidToBeJudgedInPart(String name) throws Exception {
        code.file(name, ")]} = def ((( := ;; => @@\n".repeat(200));

        var report = code.report();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"x.py, t-py", "x.js, t-js", "x.go, t-go"})
    void whatStandsBesideAnErrorIsJudged(String name, String rule) throws Exception {
        code.file(name, "x = 1\n" + NEEDLE + "\n\n)))\n");

        assertThat(code.lines(rule)).containsExactly(3);
        assertThat(code.report().coverage().skipped()).isNotEmpty();
    }

    @Test
    void invalidUtf8IsSaid() throws Exception {
        code.bytes("x.py", "x = '\u00e9'\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(code.report().coverage().skipped())
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).isEqualTo("it is no UTF-8 text"));
    }

    @Test
    void namesThatStandForEachOtherEnd() throws Exception {
        code.file("x.py", """
                a = b
                b = a
                c = [d, d, d, d]
                d = [c, c, c, c]
                e = e
                needle(a)
                needle(c)
                needle(e)
                a.b(c)
                """).rule("t-where", "python", """
                patterns:
                  - match: needle($X)
                    where: { X: { constant: false } }
                """);

        assertThat(code.lines("t-where")).containsExactly(6, 7, 8);
    }

    @Test
    void manyEllipsesEnd() throws Exception {
        code.rule(
                        "t-many",
                        "python",
                        "patterns:\n  - match: f(..., $A, ..., $B, ..., $C, ..., $A, ..., $B, ..., $C, ..., 1)\n")
                .file("x.py", "f(" + "x, ".repeat(3000) + "2)\n");

        assertThat(code.lines("t-many")).isEmpty();
    }

    @Test
    void functionsThatCallEachOtherEnd() throws Exception {
        code.rule("t-flow", "python", "sources: [source()]\nsinks:\n  - match: sink($X)\n    hole: X\n")
                .file("x.py", """
                def a(x):
                    return b(x) + a(x)
                def b(x):
                    sink(x)
                    return a(x) + b(x)
                a(source())
                """);

        assertThat(code.lines("t-flow")).containsExactly(4);
    }
}
