package dev.stepzero.scan.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocatedYamlTest {
    @Test
    void everyEntryKnowsItsLines() throws MalformedYaml {
        var root = mapping("""
                # a comment
                kind: Pod
                spec:
                  containers:
                    - name: a
                      image: b

                # the end
                """);

        var spec = root.entries().get("spec");
        var container = ((Value.Sequence) ((Value.Mapping) spec.value()).get("containers"))
                .items()
                .getFirst();

        assertThat(root.entries().get("kind").position()).isEqualTo(new Position("f", 2, 1, 2));
        assertThat(spec.position()).isEqualTo(new Position("f", 3, 1, 6));
        assertThat(container.position()).isEqualTo(new Position("f", 5, 7, 6));
    }

    @Test
    void aBlockOfTextEndsWithItsLastLine() throws MalformedYaml {
        var root = mapping("""
                script: |
                  one
                  two
                next: 1
                """);

        assertThat(root.entries().get("script")).isEqualTo(at(Value.of("one\ntwo\n"), 1, 1, 3));
    }

    @Test
    void scalarsWithoutQuotesAreWhatTheyLookLike() throws MalformedYaml {
        var root = mapping("""
                a: true
                b: yes
                c: "true"
                d: 12
                e: 1.5
                f: ~
                g:
                h: 2012-10-17
                i: 0644
                j: 0x1F
                k: 123456789012345678901234567890
                l: 012345678901
                m: -3
                n: 1.2.3.4/8
                o: 1e999999999
                """);

        assertThat(values(root))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("a", Value.TRUE),
                        Map.entry("b", Value.TRUE),
                        Map.entry("c", Value.of("true")),
                        Map.entry("d", Value.of(12)),
                        Map.entry("e", decimal("1.5")),
                        Map.entry("f", Value.ABSENT),
                        Map.entry("g", Value.ABSENT),
                        Map.entry("h", Value.of("2012-10-17")),
                        Map.entry("i", Value.of(420)),
                        Map.entry("j", Value.of(31)),
                        Map.entry("k", decimal("123456789012345678901234567890")),
                        Map.entry("l", Value.of("012345678901")),
                        Map.entry("m", Value.of(-3)),
                        Map.entry("n", Value.of("1.2.3.4/8")),
                        Map.entry("o", Value.of("1e999999999"))));
    }

    @Test
    void inTheNewerDialectOnIsAWord() throws MalformedYaml {
        var document = LocatedYaml.read("f", "on: on\nmode: 0644", TagReader.NONE, Dialect.YAML_1_2)
                .getFirst();

        var values = values((Value.Mapping) document.root().value());

        assertThat(values).isEqualTo(Map.of("on", Value.of("on"), "mode", Value.of(644)));
    }

    @Test
    void tagsAreReadByWhoeverKnowsThem() throws MalformedYaml {
        TagReader tags = (tag, content, position) -> new Value.Mapping(Map.of(tag, new Located(content, position)));

        var root = (Value.Mapping) LocatedYaml.read("f", "a: !Ref b\nc: !Sub [1]\nd: !!str 1", tags)
                .getFirst()
                .root()
                .value();

        assertThat(((Value.Mapping) root.get("a")).get("!Ref")).isEqualTo(Value.of("b"));
        assertThat(((Value.Mapping) root.get("c")).get("!Sub")).isInstanceOf(Value.Sequence.class);
        assertThat(root.get("d")).isEqualTo(Value.of("1"));
    }

    @Test
    void aliasesRepeatAndMergeKeysGiveWay() throws MalformedYaml {
        var root = mapping("""
                base: &base {a: 1, b: 2}
                copy: *base
                more:
                  <<: *base
                  b: 3
                """);

        assertThat(root.get("copy")).isEqualTo(root.get("base"));
        assertThat(values((Value.Mapping) root.get("more"))).isEqualTo(Map.of("a", Value.of(1), "b", Value.of(3)));
    }

    @Test
    void ofTwoEqualKeysTheLastHoldsAndItIsSaid() throws MalformedYaml {
        var document = LocatedYaml.read("f", "a: 1\na: 2\n", TagReader.NONE).getFirst();

        assertThat(((Value.Mapping) document.root().value()).get("a")).isEqualTo(Value.of(2));
        assertThat(document.duplicates()).containsExactly(new Document.Duplicate("a", new Position("f", 2, 1, 2)));
    }

    @Test
    void documentsWithNothingInThemAreLeftOut() throws MalformedYaml {
        var documents = LocatedYaml.read("f", "---\na: 1\n---\n---\n# nothing\n---\nb: 2\n", TagReader.NONE);

        assertThat(documents).hasSize(2);
        assertThat(documents.getLast().root().position().line()).isEqualTo(7);
    }

    @Test
    void aBrokenDocumentLosesNoOther() {
        var text = "a: 1\n---\nb: [1\n---\nc: 3\n---\nd: \"x\n---\ne: 5\n";

        var problem = catchThrowableOfType(MalformedYaml.class, () -> LocatedYaml.read("f", text, TagReader.NONE));

        assertThat(problem.position().line()).isBetween(3, 4);
        assertThat(problem.documents())
                .extracting(document -> document.root().value())
                .extracting(value ->
                        ((Value.Mapping) value).entries().keySet().iterator().next())
                .containsExactly("a", "c", "e");
        assertThat(problem.documents().getLast().root().position().line()).isEqualTo(9);
    }

    @Test
    void jsonMayBeIndentedWithTabs() throws MalformedYaml {
        var root = mapping("{\n\t\"a\": {\n\t\t\"b\": [1, true, null]\n\t},\n\t\"c\": \"on\"\n}\n");

        assertThat(root.entries().get("a").position()).isEqualTo(new Position("f", 2, 2, 4));
        assertThat(((Value.Mapping) root.get("a")).get("b"))
                .isEqualTo(new Value.Sequence(
                        List.of(at(Value.of(1), 3, 9, 3), at(Value.TRUE, 3, 12, 3), at(Value.ABSENT, 3, 18, 3))));
        assertThat(root.get("c")).isEqualTo(Value.of("on"));
    }

    @Test
    void yamlInBracesIsNotTakenForJson() throws MalformedYaml {
        var root = mapping("{a: 1, b: [x, y]}");

        assertThat(root.get("a")).isEqualTo(Value.of(1));
    }

    @Test
    void aBillionLaughsEndInAMessage() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }

        assertThat(message(text.toString())).contains("unfold");
    }

    @Test
    void deepNestingEndsInAMessage() {
        assertThat(message("[".repeat(100_000))).contains("nested deeper");
        assertThat(message("{\"a\":".repeat(100_000))).contains("nested deeper");
        assertThat(message("- ".repeat(100_000))).contains("nested deeper");
    }

    @Test
    void aliasesMayNotGoDeeperThanOtherValues() {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 400; i++) {
            text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }

        assertThat(message(text.toString())).contains("nested deeper");
    }

    @Test
    void anAliasOfItselfEndsInAMessage() {
        assertThat(message("a: &a [*a]")).contains("no anchor before it");
    }

    @Test
    void whatIsNoYamlEndsInAMessage() {
        assertThat(List.of("a: \"\\UFFFFFFFF\"", "a: b: c", "\u0001", "{{ .Values.x }}: 1", "%YAML 9", "a: 'x", "@"))
                .allSatisfy(text -> assertThat(message(text)).isNotEmpty());
    }

    private static String message(String text) {
        var problem = catchThrowableOfType(MalformedYaml.class, () -> LocatedYaml.read("f", text, TagReader.NONE));
        return problem.getMessage();
    }

    private static Value.Mapping mapping(String text) throws MalformedYaml {
        return (Value.Mapping)
                LocatedYaml.read("f", text, TagReader.NONE).getFirst().root().value();
    }

    private static Map<String, Value> values(Value.Mapping map) {
        var values = new HashMap<String, Value>();
        map.entries().forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    private static Value decimal(String text) {
        return new Value.Numeric(new BigDecimal(text));
    }

    private static Located at(Value value, int line, int column, int endLine) {
        return new Located(value, new Position("f", line, column, endLine));
    }
}
