package dev.stepzero.scan.code.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What patterns match, language by language. */
class PatternsTest {
    @TempDir
    private Path directory;

    @Test
    void importsAndTheirAliasesAreResolvedInPython() throws Exception {
        var code = new Code(directory)
                .rule("t", "python", "patterns:\n  - match: subprocess.run(...)\n")
                .file("x.py", """
                        import subprocess as sp
                        from subprocess import run as r
                        import other
                        sp.run(1)
                        r(1)
                        f = sp.run
                        f(1)
                        other.run(1)
                        def g(sp):
                            sp.run(1)
                        __import__("subprocess").run(1)
                        """);

        assertThat(code.lines("t")).containsExactly(4, 5, 7, 11);
    }

    @Test
    void modulesAreResolvedInJavaScriptHoweverTheyAreLoaded() throws Exception {
        var code = new Code(directory)
                .rule("t", "javascript", "patterns:\n  - match: require(\"child_process\").exec($X)\n")
                .file("x.ts", """
                        import { exec as e } from "node:child_process";
                        import cp, * as all from "child_process";
                        import old = require("child_process");
                        const { exec: run } = require("child_process");
                        const direct = require("child_process").exec;
                        e(a);
                        cp.exec(a);
                        all["exec"](a);
                        old.exec(a);
                        run(a);
                        direct(a);
                        exec(a);
                        require("other").exec(a);
                        """);

        assertThat(code.lines("t")).containsExactly(6, 7, 8, 9, 10, 11);
    }

    @Test
    void packagesAreResolvedInGoByTheirPath() throws Exception {
        var code = new Code(directory)
                .rule("t", "go", "imports: [github.com/golang-jwt/jwt/v5]\npatterns:\n  - match: jwt.Parse($X)\n")
                .file("x.go", """
                        package main
                        import "github.com/golang-jwt/jwt/v4"
                        func f() { jwt.Parse(a) }
                        """)
                .file("y.go", """
                        package main
                        import t "github.com/golang-jwt/jwt"
                        import "example.com/jwt"
                        func f() { t.Parse(a); jwt.Parse(a) }
                        """);

        assertThat(code.lines("t")).containsExactly(3, 4);
    }

    @Test
    void keywordArgumentsMatchInAnyOrder() throws Exception {
        var code = new Code(directory)
                .rule("t", "python", "patterns:\n  - match: f($A, ..., b=1, c=2)\n")
                .file("x.py", """
                        f(x, c=2, b=1)
                        f(x, y, z=3, c=2, b=1)
                        f(x, c=2)
                        f(c=2, b=1)
                        """);

        assertThat(code.lines("t")).containsExactly(1, 2);
    }

    @Test
    void theSameHoleIsTheSameText() throws Exception {
        var code = new Code(directory)
                .rule("t", "javascript", "patterns:\n  - match: f($A, $A)\n")
                .file("x.js", "f(a.b, a.b);\nf(a.b, a.c);\n");

        assertThat(code.lines("t")).containsExactly(1);
    }

    @Test
    void constantsMatchAsTheirValue() throws Exception {
        var code = new Code(directory)
                .rule("t", "python", "patterns:\n  - match: f(\"md5\")\n")
                .rule("u", "python", "patterns:\n  - match: f(\"...\")\n")
                .file("x.py", """
                        NAME = "md" + "\\x35"
                        twice = "md5"
                        twice = other()
                        f(NAME)
                        f(twice)
                        f('md5')
                        f(f"{x}")
                        """);

        assertThat(code.lines("t")).containsExactly(4, 6);
        assertThat(code.lines("u")).containsExactly(4, 6);
    }

    @Test
    void unlessInsideAndOutsideNarrowAMatch() throws Exception {
        var code = new Code(directory).rule("t", "python", """
                        patterns:
                          - match: f($X)
                            unless: f(safe)
                            inside: "def g(...): ..."
                            outside: "with lock(): ..."
                        """).file("x.py", """
                        f(a)
                        def g():
                            f(a)
                            f(safe)
                            with lock():
                                f(a)
                        """);

        assertThat(code.lines("t")).containsExactly(3);
    }

    @Test
    void conditionsAskForTextsNumbersConstantsAndTypes() throws Exception {
        var code = new Code(directory)
                .rule(
                        "t-text",
                        "go",
                        "patterns:\n  - match: f($X)\n    where: { X: { text: '^http:', not: localhost } }\n")
                .rule("t-below", "go", "patterns:\n  - match: f($X)\n    where: { X: { below: 2048 } }\n")
                .rule("t-type", "go", "patterns:\n  - match: $R.Go()\n    where: { R: { type: 'http[.]Request$' } }\n")
                .file("x.go", """
                        package main
                        func g(r *http.Request, s *Other) {
                            f("http://a")
                            f("http://localhost")
                            f(0x400)
                            f(4096)
                            r.Go()
                            s.Go()
                        }
                        """);

        assertThat(code.lines("t-text")).containsExactly(3);
        assertThat(code.lines("t-below")).containsExactly(5);
        assertThat(code.lines("t-type")).containsExactly(7);
    }

    @Test
    void objectsFunctionsAndAssignmentsAreShapes() throws Exception {
        var code = new Code(directory)
                .rule("t-object", "javascript", "patterns:\n  - match: \"{..., verify: false, ...}\"\n")
                .rule("t-assign", "javascript", "patterns:\n  - match: $E.innerHTML = $X\n")
                .rule(
                        "t-inside",
                        "javascript",
                        "patterns:\n  - match: $Q.body\n    inside: \"function ($Q, $S) { ... }\"\n")
                .file("x.tsx", """
                        const a = { x: 1, verify: false as boolean };
                        el.innerHTML = a;
                        app.get("/", async (req: Request, res) => { res.send(req.body); });
                        const b = { verify: true };
                        (x) => x.body;
                        """);

        assertThat(code.lines("t-object")).containsExactly(1);
        assertThat(code.lines("t-assign")).containsExactly(2);
        assertThat(code.lines("t-inside")).containsExactly(3);
    }

    @Test
    void commentsAcceptFindingsAndTestsCountLess() throws Exception {
        var code = new Code(directory)
                .rule("t", "python", "patterns:\n  - match: f($X)\n")
                .file("x.py", "f(1)  # stepzero:ignore t it is known\n")
                .file("tests/test_x.py", "f(2)\n");

        var report = code.report();

        assertThat(report.suppressed()).hasSize(1);
        assertThat(report.findings())
                .singleElement()
                .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.LOW));
    }

    @Test
    void aFingerprintStaysWhenCodeMoves() throws Exception {
        var code = new Code(directory)
                .rule("t", "python", "patterns:\n  - match: f($X)\n")
                .file("x.py", "def g():\n    f(1)\n    f(1)\n");
        var before = code.found("t").stream().map(each -> each.fingerprint()).toList();

        code.file("x.py", "\n# more\n\ndef g():\n  if a:\n    f( 1 )\n    f(1)\n".replace("( 1 )", "(1)"));

        assertThat(code.found("t").stream().map(each -> each.fingerprint()))
                .isEqualTo(before)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatSaysLessIsLeftOutWhereMoreIsSaid() throws Exception {
        var code = new Code(directory)
                .rule("less", "python", "patterns:\n  - match: f($X)\n")
                .rule("more", "python", "supersedes: [less]\npatterns:\n  - match: f(1)\n")
                .file("x.py", """
                        f(1)
                        f(2)
                        """);

        assertThat(code.lines("more")).containsExactly(1);
        assertThat(code.lines("less")).containsExactly(2);
    }

    @Test
    void whatIsNoCodeIsRefusedWithItsPlace() throws Exception {
        var code = new Code(directory)
                .rule("t", "go", "patterns:\n  - match: \"f((\"\n")
                .file("x.go", "package main\n");

        assertThatThrownBy(code::report)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'f((' is no go with holes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cwe: [20]         | cwe: [abc]        | 'abc' is no number of a CWE
            cwe: [20]         | safe_start: '('   | 'safe_start' is no regular expression
            severity: high    | severity: urgent  | 'urgent' is no severity
            cwe: [20]         | cleaners: [{match: g($X), hole: X, holds: maybe}] | 'holds' is true or false
            cwe: [20]         | cleaners: [{match: g($X), holds: true}]           | 'hole' says what it tests
            """)
    void whatIsWrongInAUsersRuleIsSaid(String right, String wrong, String said) throws Exception {
        var code = new Code(directory).rule("t", "go", "patterns:\n  - match: f()\n");
        var rule = directory.resolve("rules/t.go.yaml");
        Files.writeString(rule, Files.readString(rule).replace(right, wrong));

        assertThatThrownBy(code.file("x.go", "package main\n")::report)
                .isInstanceOf(UserError.class)
                .hasMessageContaining(said);
    }

    @Test
    void aConditionOnAHoleThatNoPatternHasIsRefused() throws Exception {
        var code = new Code(directory)
                .rule("t", "go", "patterns:\n  - match: f($X)\n    where: { Y: { constant: true } }\n")
                .file("x.go", "package main\n");

        assertThatThrownBy(code::report)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no pattern here has the hole '$Y'");
    }

    @Test
    void aRuleOfTheUserThatIsNoneIsToldThoughItIsAboutAnotherLanguage() throws Exception {
        var code = new Code(directory)
                .rule("r", "go", "patterns: [{match: f(), whatever: 1}]\n")
                .file("readme.txt", "no code");

        assertThatThrownBy(code::report).isInstanceOf(UserError.class).hasMessageContaining("whatever");
    }

    @Test
    void whatACallGaveBackMayHaveANameBeforeItIsCalled() throws Exception {
        var code = new Code(directory)
                .rule("js", "javascript", "patterns: [{match: 'require(\"util\").promisify(f)($X)'}]\n")
                .file("x.js", """
                const { promisify } = require("util");
                const run = promisify(f);
                run(1);
                promisify(f)(2);
                other(f)(3);
                """);

        assertThat(code.lines("js")).containsExactly(3, 4);
    }

    @Test
    void aFunctionOfLodashIsTheSameWhateverFileItComesFrom() throws Exception {
        var code = new Code(directory)
                .rule("js", "javascript", "patterns: [{match: 'require(\"lodash\").merge($X)'}]\n")
                .file("x.js", """
                import merge from "lodash/merge";
                import { merge as other } from "lodash-es";
                const _ = require("lodash");
                merge(1);
                other(2);
                _.merge(3);
                require("lodash/fp/merge.js")(4);
                require("lodash/set")(5);
                """);

        assertThat(code.lines("js")).containsExactly(4, 5, 6, 7);
    }
}
