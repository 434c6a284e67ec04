package dev.stepzero.scan.code.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Location;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is followed from where it comes in to where it does harm. */
class FlowsTest {
    private static final String RULE = """
            sources: [source()]
            sinks:
              - match: sink($X, ...)
                hole: X
            cleaners: ["clean(...)"]
            """;

    @TempDir
    private Path directory;

    private Code code;

    @BeforeEach
    void setUp() throws Exception {
        code = new Code(directory)
                .rule("py", "python", RULE)
                .rule("js", "javascript", RULE)
                .rule("go", "go", RULE);
    }

    @Test
    void variablesTextsAndContainersPassItOn() throws Exception {
        code.file("x.py", """
                a = source()
                sink("x" + a)
                sink(f"{a}")
                sink("%s" % a)
                sink("{}".format(a))
                b = [1, a]
                sink(b)
                c = {"k": a, "l": 1}
                sink(c["k"])
                sink(c["l"])
                d = []
                d.append(a)
                sink(",".join(d))
                a = 1
                sink(a)
                sink(1, source())
                """);

        assertThat(code.lines("py")).containsExactly(2, 3, 4, 5, 7, 9, 13);
    }

    @Test
    void whatIsCleanedOrTestedDoesNoHarm() throws Exception {
        code.file("x.js", """
                const a = source();
                sink(clean(a));
                if (ALLOWED.includes(a)) { sink(a); } else { sink(a); }
                function f(b) {
                  const a = source();
                  if (!ALLOWED.has(a)) return;
                  sink(a);
                }
                sink(a === "x" ? a : "y");
                sink(a == null ? "" : a);
                """);

        assertThat(code.lines("js")).containsExactly(3, 10);
        assertThat(code.found("js"))
                .first()
                .satisfies(each -> assertThat(each.message()).contains("a value comes in (line 1)"));
    }

    @Test
    void testsOfARuleMakeHarmlessWhereTheyComeOutSo() throws Exception {
        code.rule("tested", "javascript", """
                sources: [req.query.name]
                sinks:
                  - match: sink($X)
                    hole: X
                cleaners:
                  - match: $X.startsWith(...)
                    hole: X
                    holds: true
                  - match: $X.includes("..")
                    hole: X
                    holds: false
                  - match: check($X)
                    hole: X
                """).rule("other", "javascript", """
                sources: [req.query.name]
                sinks:
                  - match: sink($X)
                    hole: X
                """).file("x.js", """
                function one(req) {
                  if (req.query.name.startsWith("/")) {
                    sink(req.query.name);
                  } else {
                    sink(req.query.name);
                  }
                }
                function two(req) {
                  const name = req.query.name;
                  if (name.includes("..") || isOdd(name)) {
                    sink(name);
                    return;
                  }
                  sink(name);
                }
                function three(req) {
                  const name = req.query.name;
                  check(name);
                  sink(name);
                }
                """);

        assertThat(code.lines("tested")).containsExactly(5, 11);
        assertThat(code.lines("other")).containsExactly(3, 5, 11, 14, 19);
    }

    @Test
    void whatIsHarmfulIsToldOnceOnItsWay() throws Exception {
        code.file("x.py", "sink(sink(source()))\n");

        assertThat(code.found("py"))
                .singleElement()
                .satisfies(each -> assertThat(each.location().startLine()).isEqualTo(1));
    }

    @Test
    void functionsOfTheFileAreFollowedInAndOut() throws Exception {
        code.file("x.go", """
                package main
                func build(a string) string { return "x" + a }
                func run(q string) { sink(q) }
                func constant(a string) string { return "x" }
                func (s *S) own(q string) { sink(q) }
                func (s *S) main() {
                    a := source()
                    sink(build(a))
                    run(a)
                    sink(constant(a))
                    s.own(a)
                    v, err := other(a)
                    sink(v)
                }
                """);

        assertThat(code.lines("go")).containsExactly(3, 5, 8, 13);
    }

    @Test
    void callbacksGetTheElements() throws Exception {
        code.file("x.ts", """
                source().forEach((a: string) => sink(a));
                const b = source().map((a) => clean(a));
                sink(b);
                function late() { const { c, d: [e] } = source(); (() => { sink(c); sink(e); })(); }
                async function g() { sink(await source()); }
                """);

        assertThat(code.lines("js")).containsExactly(1, 4, 4, 5);
    }

    @Test
    void waysMeetAndLoopsComeRound() throws Exception {
        code.file("x.py", """
                def f(c):
                    a = 1
                    if c:
                        a = source()
                    sink(a)
                def g(c):
                    a = 1
                    while c:
                        sink(a)
                        a = source()
                def h():
                    try:
                        a = source()
                    except E:
                        return
                    sink(a)
                """);

        assertThat(code.lines("py")).containsExactly(5, 9, 16);
    }

    @Test
    void aParameterMayBeASource() throws Exception {
        code.framework("web", "python", """
                        sources:
                          - match: |
                              @$APP.get(...)
                              def $F(..., $P, ...): ...
                            hole: P
                            what: a part of the address
                        """)
                .rule("t", "python", "from: [input]\nsinks:\n  - match: sink($X)\n    hole: X\n    what: is run\n")
                .file("x.py", """
                        @app.get("/{a}/{b}")
                        async def f(a: str, b=1):
                            c = b
                            sink(c)
                        def g(a):
                            sink(a)
                        """);

        assertThat(code.found("t")).singleElement().satisfies(each -> {
            assertThat(each.message())
                    .isEqualTo(
                            "It is wrong: a part of the address comes in (line 2), goes into c (line 3), is run (line 4)");
            assertThat(each.related()).extracting(Location::startLine).containsExactly(2, 3, 4);
        });
    }

    @Test
    void behindACallThatNeverComesBackNothingIsReached() throws Exception {
        code.framework("ends", "python", "ends: [\"stop(...)\"]\n").file("x.py", """
                def f():
                    a = source()
                    if a not in ALLOWED:
                        stop(400)
                    sink(a)

                def g():
                    a = source()
                    if a not in ALLOWED:
                        log(400)
                    sink(a)
                """);

        assertThat(code.lines("py")).containsExactly(11);
    }

    @Test
    void objectsThatTheFileMakesHaveItsMethods() throws Exception {
        code.file("x.py", """
                class Export:
                    def of(self, name):
                        sink(name)

                export = Export()
                export.of(source())
                """).file("x.js", """
                class Export { of(name) { sink(name); } }
                const made = new Export();
                made.of(source());
                const other = new Map();
                other.of(source());
                """).file("x.go", """
                package x
                type export struct{}
                func (e *export) of(name string) { sink(name) }
                func f() { made := &export{}; made.of(source()) }
                """);

        assertThat(code.lines("py")).containsExactly(3);
        assertThat(code.lines("js")).containsExactly(1);
        assertThat(code.lines("go")).containsExactly(3);
    }

    @Test
    void aTagOfATemplateMayMakeItHarmless() throws Exception {
        code.framework("tags", "javascript", "cleaners:\n  - match: sql`...`\n").file("x.js", """
                const a = source();
                sink(sql`select ${a} and ${a}`);
                sink(html`select ${a}`);
                """);

        assertThat(code.lines("js")).containsExactly(3);
    }
}
