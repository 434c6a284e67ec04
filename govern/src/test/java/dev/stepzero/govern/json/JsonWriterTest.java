package dev.stepzero.govern.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonWriterTest {
    private final StringBuilder out = new StringBuilder();
    private final JsonWriter json = new JsonWriter(out);

    @Test
    void manyElementsOnAllProcessorsComeOutAsOneAfterTheOther() throws IOException {
        var numbers = IntStream.range(0, 20_000).boxed().toList();
        var singly = new StringBuilder();
        var one = new JsonWriter(singly).object().name("all").array();
        for (var number : numbers) {
            one.object().field("is", number).endObject();
        }
        one.endArray().field("then", "more").endObject();

        json.object()
                .name("all")
                .array()
                .elements(
                        numbers,
                        (each, number) -> each.object().field("is", number).endObject())
                .endArray()
                .field("then", "more")
                .endObject();

        assertThat(out.toString()).isEqualTo(singly.toString());
    }

    @Test
    void objectsAndListsAreIndented() throws IOException {
        json.object()
                .field("a", "x")
                .name("b")
                .array()
                .value(1)
                .value(true)
                .nothing()
                .endArray()
                .endObject();

        assertThat(out).hasToString("""
                {
                  "a": "x",
                  "b": [
                    1,
                    true,
                    null
                  ]
                }""");
    }

    @Test
    void whatIsFlatStaysInOneLineAndWhatFollowsDoesNot() throws IOException {
        json.array();
        json.flat().object().field("a", List.of("x", "y")).field("b", 1).endObject();
        json.object().field("c", 2).endObject();
        json.endArray();

        assertThat(out).hasToString("""
                [
                  {"a": ["x", "y"], "b": 1},
                  {
                    "c": 2
                  }
                ]""");
    }

    @Test
    void emptyObjectsAndListsNeedNoLine() throws IOException {
        json.object()
                .name("a")
                .array()
                .endArray()
                .name("b")
                .object()
                .endObject()
                .endObject();

        assertThat(out).hasToString("{\n  \"a\": [],\n  \"b\": {}\n}");
    }

    @Test
    void quotesBackslashesAndControlCharactersAreEscaped() throws IOException {
        json.value("\"\\\n\t\u0000\u001b\u0085\u2028");

        assertThat(out).hasToString("\"\\\"\\\\\\n\\t\\u0000\\u001b\\u0085\\u2028\"");
    }

    @Test
    void halfOfASurrogatePairBecomesTheReplacementCharacter() throws IOException {
        json.value("a\ud83d b \ud83d\udd11");

        assertThat(out).hasToString("\"a\\ufffd b \ud83d\udd11\"");
    }

    @Test
    void aNumberOfManyDigitsKeepsItsExponent() throws IOException {
        json.array()
                .value(new BigDecimal("1e999999999"))
                .value(new BigDecimal("1.50"))
                .endArray();

        assertThat(out).hasToString("[\n  1E+999999999,\n  1.50\n]");
    }

    @Property(tries = 300)
    void anyTextReadsBackAsItWas(@ForAll String text) throws IOException {
        var written = new StringBuilder();
        new JsonWriter(written).value(text);

        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), written.toString())) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
            assertThat(parser.getString()).isEqualTo(sound(text));
        }
    }

    private static String sound(String text) {
        return text.codePoints()
                .map(each -> each >= 0xd800 && each <= 0xdfff ? 0xfffd : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
