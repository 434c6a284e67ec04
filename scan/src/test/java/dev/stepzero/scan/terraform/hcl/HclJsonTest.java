package dev.stepzero.scan.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terraform's JSON syntax gives the tree that the native one gives. */
class HclJsonTest {
    @Test
    void namesBecomeLabels() {
        var parsed = HclJson.parse("a.tf.json", """
                {"resource": {"aws_x": {"a": {"n": 1}, "b": [{"n": 2}]}},
                 "provider": {"aws": [{"region": "x"}, {"alias": "y"}]},
                 "locals": {"l": true}, "terraform": {}, "//": "a comment"}
                """);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.body().attributes()).isEmpty();
        assertThat(parsed.body().blocks())
                .extracting(block -> block.type() + block.labels())
                .containsExactly(
                        "resource[aws_x, a]",
                        "resource[aws_x, b]",
                        "provider[aws]",
                        "provider[aws]",
                        "locals[]",
                        "terraform[]");
    }

    @Test
    void stringsAreTemplatesAndObjectsStayObjects() {
        var value = attribute("{\"locals\": {\"a\": {\"k\": [\"x${var.y}\", \"${z}\", null, -2]}}}");

        assertThat(Printer.print(
                        ((Expression.ObjectOf) value).entries().getFirst().key()))
                .isEqualTo("\"k\"");
        assertThat(((Expression.ObjectOf) value).entries().getFirst().value())
                .isInstanceOfSatisfying(Expression.Tuple.class, list -> {
                    assertThat(Printer.print(list.items().get(0))).isEqualTo("\"x${(var).y}\"");
                    assertThat(list.items().get(1)).isInstanceOf(Expression.Variable.class);
                    assertThat(list.items().get(3))
                            .extracting("value")
                            .isEqualTo(new Value.Numeric(new java.math.BigDecimal(-2)));
                });
    }

    @Test
    void typesAndAddressesAreCode() {
        var type = attribute("{\"variable\": {\"x\": {\"type\": \"list(string)\"}}}");
        var needs = attribute("{\"module\": {\"x\": {\"depends_on\": [\"aws_x.y\"]}}}");

        assertThat(Printer.print(type)).isEqualTo("list(string)");
        assertThat(Printer.print(needs)).isEqualTo("[(aws_x).y]");
    }

    @Test
    void defaultsAndValueFilesAreNoTemplates() {
        var standard = attribute("{\"variable\": {\"x\": {\"default\": \"${y}\"}}}");
        var values = HclJson.parse("a.tfvars.json", "{\"resource\": \"${y}\"}").body();

        assertThat(standard).extracting("value").isEqualTo(Value.of("${y}"));
        assertThat(values.attributes().getFirst().value()).extracting("value").isEqualTo(Value.of("${y}"));
    }

    @Test
    void everythingHasItsPlace() {
        var parsed = HclJson.parse("a.tf.json", "{\n  \"locals\": {\n    \"a\": [\n      1\n    ]\n  }\n}\n");

        var block = parsed.body().blocks().getFirst();
        assertThat(List.of(block.position().line(), block.position().endLine())).containsExactly(2, 6);
        assertThat(block.body().attributes().getFirst().position().line()).isEqualTo(3);
    }

    @Test
    void whatStandsBeforeAMistakeIsKept() {
        var parsed = HclJson.parse("a.tf.json", "{\"locals\": {\"a\": 1, \"b\": nonsense, \"c\": 2}}");

        assertThat(parsed.problems()).hasSize(1);
        assertThat(parsed.body()
                        .blocks()
                        .getFirst()
                        .body()
                        .attributes()
                        .getFirst()
                        .name())
                .isEqualTo("a");
    }

    @Test
    void depthHasItsLimit() {
        var parsed = HclJson.parse("a.tf.json", "{\"locals\": " + "[".repeat(100_000));

        assertThat(parsed.problems()).hasSize(1);
    }

    private static Expression attribute(String json) {
        var parsed = HclJson.parse("a.tf.json", json);
        assertThat(parsed.problems()).isEmpty();
        return parsed.body().blocks().getFirst().body().attributes().getFirst().value();
    }
}
