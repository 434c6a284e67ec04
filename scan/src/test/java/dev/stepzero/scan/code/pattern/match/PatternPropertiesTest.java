package dev.stepzero.scan.code.pattern.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.language.Languages;
import dev.stepzero.scan.code.pattern.rule.Clause;
import dev.stepzero.scan.code.pattern.tree.Grammar;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of reading and matching, whatever the text. */
class PatternPropertiesTest {
    private static final Map<Language, String> PROGRAMS = Map.of(
            Languages.named("python"), "x = %s\n",
            Languages.named("javascript"), "const x = %s;\n",
            Languages.named("go"), "package p\nvar x = %s\n");

    private final Parser parser = new Parser(Duration.ofSeconds(30));

    @Property(tries = 100)
    void anyTextBecomesATree(@ForAll("texts") String text) throws Exception {
        for (var language : PROGRAMS.keySet()) {
            for (var path : List.of("a.py", "a.js", "a.ts", "a.tsx", "a.go")) {
                Grammar grammar = Languages.grammar(language, path);
                var source = new SourceText(language, text, language.neutral(parser.parse(text, grammar)), List.of());

                assertThat(source.nodes()).allSatisfy(node -> {
                    assertThat(node.span().start()).isBetween(0, text.length());
                    assertThat(node.span().end()).isBetween(node.span().start(), text.length());
                    assertThat(node.span().line()).isBetween(1, node.span().endLine());
                });
            }
        }
    }

    @Property(tries = 80)
    void anExpressionAsAPatternMatchesItself(@ForAll("expressions") String expression) throws Exception {
        for (var program : PROGRAMS.entrySet()) {
            assertThat(matches(program.getKey(), expression, program.getValue().formatted(expression)))
                    .as(program.getKey().name())
                    .contains(expression);
        }
    }

    @Property(tries = 100)
    void aHoleMatchesAnyArgument(@ForAll("expressions") String expression) throws Exception {
        for (var program : PROGRAMS.entrySet()) {
            var call = "called(%s, 1, 2)".formatted(expression);

            assertThat(matches(
                            program.getKey(),
                            "called($X, ..., 2)",
                            program.getValue().formatted(call)))
                    .as(program.getKey().name())
                    .contains(call);
        }
    }

    /** The code that a pattern matches in a program. */
    private HashSet<String> matches(Language language, String pattern, String program) throws Exception {
        var index = new PatternIndex<String>();
        var clause = Clause.of(List.of(pattern));
        var compiler = new PatternCompiler(parser);
        index.add(
                "it",
                clause.match(),
                () -> compiler.clause(clause, language, List.of(), "here"),
                text -> compiler.pattern(text, language, List.of(), "here"));
        index.prepare(program);
        var tree = parser.parse(program, language.patterns());
        var source = new SourceText(language, program, language.neutral(tree), List.of());
        var matcher = new Matcher(source);
        var found = new HashSet<String>();
        source.nodes()
                .forEach(node -> index.matches(node, matcher, (_, match) -> found.add(source.text(match.node()))));
        return found;
    }

    @Provide
    Arbitrary<String> texts() {
        var any = Arbitraries.strings().all().ofMaxLength(80).map(PatternPropertiesTest::withoutHalves);
        var code = Arbitraries.of(
                        "def f(",
                        "class A",
                        ":",
                        "\n",
                        "    ",
                        "x",
                        "=",
                        "\"",
                        "'",
                        "`",
                        "${",
                        "}",
                        "{",
                        "[",
                        "]",
                        "(",
                        ")",
                        "func ",
                        "const ",
                        "=>",
                        ".",
                        "...",
                        "@a",
                        "import a",
                        "from b import *",
                        "<div>",
                        "</div>",
                        "/*",
                        "//",
                        "#",
                        "for ",
                        "if ",
                        "else ",
                        "elif ",
                        "switch ",
                        "case ",
                        "1",
                        "0x",
                        "\\",
                        "\\u{",
                        "*",
                        "async ",
                        "await ",
                        "return ")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(any, code);
    }

    /** Files are decoded before, so that halves of characters never come alone. */
    private static String withoutHalves(String text) {
        return text.codePoints()
                .filter(each -> each < Character.MIN_SURROGATE || each > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Provide
    Arbitrary<String> expressions() {
        return expressions(3);
    }

    /** What all three languages write alike. */
    private static Arbitrary<String> expressions(int depth) {
        var names = Arbitraries.of("a", "b", "request", "os", "value1");
        var leaves = Arbitraries.oneOf(
                names,
                Arbitraries.integers().between(0, 99_999).map(String::valueOf),
                Arbitraries.of("\"text\"", "\"a b\"", "\"\""));
        if (depth == 0) {
            return leaves;
        }
        var inner = expressions(depth - 1);
        var calls = Combinators.combine(names, inner.list().ofMaxSize(3))
                .as((name, arguments) -> name + "(" + String.join(", ", arguments) + ")");
        var members = Combinators.combine(calls, names).as((object, name) -> object + "." + name);
        var methods = Combinators.combine(members, inner).as((method, argument) -> method + "(" + argument + ")");
        var indices = Combinators.combine(names, inner).as((object, index) -> object + "[" + index + "]");
        var sums = Combinators.combine(inner, inner).as((one, other) -> one + " + " + other);
        var nested = inner.map(each -> "(" + each + ")").map(each -> each + " * 2");
        return Arbitraries.oneOf(leaves, calls, members, methods, indices, sums, nested);
    }
}
