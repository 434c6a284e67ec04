package dev.stepzero.scan.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TOML, and where everything in it stands. */
class LocatedTomlTest {
    private static Object plain(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Bool bool -> bool.value();
            case Value.Numeric number -> number.value().intValueExact();
            case Value.Sequence list ->
                list.items().stream()
                        .map(Located::value)
                        .map(LocatedTomlTest::plain)
                        .toList();
            case Value.Mapping map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.entries().forEach((name, entry) -> plain.put(name, plain(entry.value())));
                yield plain;
            }
            default -> "<none>";
        };
    }

    private static Object read(String text) throws MalformedToml {
        return plain(LocatedToml.read("a.toml", text).value());
    }

    @Test
    void scalarsAreWhatTheyLookLike() throws Exception {
        assertThat(read("""
                a = "tab\\t \\u00e9 \\U0001F600"
                b = 'raw \\t'
                c = 1_000
                d = -7
                e = true
                f = 2026-11-21 07:32:00Z
                g = 1.5e3
                'h i'."j" = "dotted"
                """))
                .isEqualTo(Map.of(
                        "a",
                        "tab\t \u00e9 \ud83d\ude00",
                        "b",
                        "raw \\t",
                        "c",
                        1000,
                        "d",
                        -7,
                        "e",
                        true,
                        "f",
                        "2026-11-21 07:32:00Z",
                        "g",
                        "1.5e3",
                        "h i",
                        Map.of("j", "dotted")));
    }

    @Test
    void stringsMayGoOverLines() throws Exception {
        assertThat(read("""
                a = \"""
                first \\
                   second
                third\"""
                b = '''
                raw ''x'''
                c = \"""two ""\"""
                """)).isEqualTo(Map.of("a", "first second\nthird", "b", "raw ''x", "c", "two \"\""));
    }

    @Test
    void tablesBelongToTheLastElementOfTheirList() throws Exception {
        assertThat(read("""
                [[p]]
                n = 1
                [p.in]
                x = [ 1, { y = 2, z.w = 3 }, # comment
                ]
                [[p]]
                n = 2
                [p.in]
                x = []
                """))
                .isEqualTo(Map.of(
                        "p",
                        List.of(
                                Map.of("n", 1, "in", Map.of("x", List.of(1, Map.of("y", 2, "z", Map.of("w", 3))))),
                                Map.of("n", 2, "in", Map.of("x", List.of())))));
    }

    @Test
    void everythingKnowsItsLine() throws Exception {
        var root = (Value.Mapping) LocatedToml.read("a.toml", "\na = [\n  1,\n  2,\n]\n[t]\nb = 3\n[[l]]\n")
                .value();

        var list = root.entry("a").orElseThrow();
        assertThat(list.position().line()).isEqualTo(2);
        assertThat(((Value.Sequence) list.value()).items())
                .extracting(each -> each.position().line())
                .containsExactly(3, 4);
        assertThat(root.entry("t").orElseThrow().position().line()).isEqualTo(6);
        assertThat(((Value.Sequence) root.get("l"))
                        .items()
                        .getFirst()
                        .position()
                        .line())
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1\na = 2",
                "[a]\n[a]",
                "a = 1\n[a]",
                "[[a]]\n[a]\n[[a.b]]\n[a.b.c]\nx",
                "a = \"x",
                "a = '''x",
                "a = [1",
                "a = {b = 1",
                "[a",
                "a",
                "= 1",
                "a = 1 b = 2",
                "a = \"\\q\"",
                "a = \"\\uZZZZ\"",
                "a = b",
                "a = ",
                "[a]x"
            })
    void brokenTextIsRefused(String text) {
        var refusal = catchThrowableOfType(MalformedToml.class, () -> LocatedToml.read("a.toml", text));

        assertThat(refusal).hasMessageStartingWith("it is no valid TOML: ");
        assertThat(refusal.position().file()).isEqualTo("a.toml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a=", "a.", "[a."})
    void deepNestingIsRefused(String part) {
        var refusal = catchThrowableOfType(
                MalformedToml.class, () -> LocatedToml.read("a.toml", "a = " + part.repeat(200_000)));

        assertThat(refusal).isNotNull();
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll @Size(max = 20) Map<String, String> texts) throws Exception {
        var document = new StringBuilder();
        texts.forEach((key, text) ->
                document.append(quoted(key)).append(" = ").append(quoted(text)).append('\n'));

        assertThat(read(document.toString())).isEqualTo(texts);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll String text) {
        assertThatCode(() -> {
                    try {
                        LocatedToml.read("a.toml", text);
                    } catch (MalformedToml e) {
                        assertThat(e.position().line()).isPositive();
                    }
                })
                .doesNotThrowAnyException();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            quoted.append(c < ' ' || c == '"' || c == '\\' || c == 127 ? "\\u%04x".formatted((int) c) : c);
        }
        return quoted.append('"').toString();
    }
}
