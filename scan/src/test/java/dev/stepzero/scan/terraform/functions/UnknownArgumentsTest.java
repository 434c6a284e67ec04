package dev.stepzero.scan.terraform.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownArgumentsTest {
    private static final Unknown BUCKET = Unknown.computed(new Reference("aws_s3_bucket.b", "arn"));

    @Test
    void anUnknownArgumentMakesTheAnswerUnknownForTheSameReason() {
        var answer = (Unknown) Literals.evaluate("upper(unknown)");

        assertThat(answer.chain()).isEqualTo("unknown");
        assertThat(answer.notNull()).isTrue();
    }

    @Test
    void reasonsAndReferencesOfAllArgumentsAreJoined() {
        var answer = (Unknown) Literals.call("max", BUCKET, Unknown.because("var.x"));

        assertThat(answer.because()).containsExactly("aws_s3_bucket.b.arn is known after apply", "var.x");
        assertThat(answer.references()).containsExactly(new Reference("aws_s3_bucket.b", "arn"));
    }

    @Test
    void theLengthOfAListIsKnownWhateverIsInIt() {
        assertThat(Literals.evaluate("length([unknown, 1])")).isEqualTo(Value.of(2));
        assertThat(Literals.evaluate("length(unknown)")).isInstanceOf(Unknown.class);
    }

    @Test
    void theKnownPartsOfAListStayKnown() {
        var items = ((Value.Sequence) Literals.evaluate("concat([\"0.0.0.0/0\"], unknown)")).items();

        assertThat(items.getFirst().value()).isEqualTo(Value.of("0.0.0.0/0"));
        assertThat(items.getLast().value()).isInstanceOf(Unknown.class);
        assertThat(Literals.evaluate("contains(flatten([[\"a\", unknown], [\"b\"]]), \"b\")"))
                .isEqualTo(Value.TRUE);
        assertThat(Literals.evaluate("contains([\"a\", unknown], \"b\")")).isInstanceOf(Unknown.class);
        assertThat(Literals.evaluate("concat([], unknown)")).isInstanceOf(Unknown.class);
    }

    @Test
    void aMapWithUnknownValuesHasKnownKeys() {
        assertThat(Literals.evaluate("keys({b = unknown, a = 1})"))
                .isEqualTo(Literals.evaluate("keys({a = 1, b = 2})"));
        assertThat(Literals.evaluate("lookup({b = unknown, a = 1}, \"a\", 2)")).isEqualTo(Value.of(1));
        assertThat(Literals.evaluate("merge({a = unknown}, {a = 1})")).isEqualTo(Literals.evaluate("merge({a = 1})"));
    }

    @Test
    void aTextKeepsItsKnownParts() {
        var joined = (Unknown) Literals.evaluate("join(\"/\", [\"arn:aws:s3:::x\", unknown])");
        var formatted = (Unknown) Literals.evaluate("format(\"%s-%s!\", \"logs\", unknown)");

        assertThat(joined.prefix()).isEqualTo("arn:aws:s3:::x/");
        assertThat(formatted.parts()).hasSize(3);
        assertThat(((Unknown) Literals.call("upper", formatted)).prefix()).isEqualTo("LOGS-");
        assertThat(Literals.call("startswith", joined, Value.of("arn:"))).isEqualTo(Value.TRUE);
        assertThat(Literals.call("endswith", formatted, Value.of("?"))).isEqualTo(Value.FALSE);
    }

    @Test
    void theJsonOfAPartlyUnknownStructureKeepsTheStructure() {
        var json = (Unknown) Literals.evaluate("jsonencode({Action = \"*\", Resource = unknown})");

        var structure = (Value.Mapping) json.encoded().orElseThrow();
        assertThat(structure.get("Action")).isEqualTo(Value.of("*"));
        assertThat(Literals.call("jsondecode", json)).isEqualTo(structure);
    }

    @Test
    void theFirstOfSeveralDecidesWhereItIsKnownToBeThere() {
        assertThat(Literals.evaluate("coalesce(\"a\", unknown)")).isEqualTo(Value.of("a"));
        assertThat(Literals.call("coalesce", BUCKET, Value.of("x"))).isEqualTo(BUCKET);
        assertThat(((Unknown) Literals.evaluate("coalesce(unknown, \"x\")")).notNull())
                .isTrue();
    }

    @Test
    void oneOfAFewArgumentsGivesOneOfAFewAnswers() {
        var choice = Unknown.either("var.prod", Value.of("Public"), Value.of("Private"));

        var answer = (Unknown) Literals.call("lower", choice);

        assertThat(answer.oneOf()).containsExactly(Value.of("public"), Value.of("private"));
        assertThat(Literals.call("length", Unknown.either("x", Value.of("ab"), Value.of("cd"))))
                .isEqualTo(Value.of(2));
    }

    @Test
    void anUnknownIndexGivesOneOfTheElements() {
        var answer = (Unknown) Literals.evaluate("element([\"a\", \"b\"], unknown)");

        assertThat(answer.oneOf()).containsExactly(Value.of("a"), Value.of("b"));
    }

    @Test
    void aDecidingElementDecidesBesideUnknownOnes() {
        assertThat(Literals.evaluate("alltrue([unknown, false])")).isEqualTo(Value.FALSE);
        assertThat(Literals.evaluate("anytrue([unknown, true])")).isEqualTo(Value.TRUE);
        assertThat(Literals.evaluate("alltrue([unknown, true])")).isInstanceOf(Unknown.class);
    }

    @Test
    void whatEveryRunGivesAnewIsUnknownButThere() {
        for (var call : List.of("timestamp()", "plantimestamp()", "uuid()", "bcrypt(\"a\")")) {
            assertThat(((Unknown) Literals.evaluate(call)).notNull()).as(call).isTrue();
        }
    }

    @Test
    void aFunctionOfAProviderIsUnknown() {
        assertThat(Literals.evaluate("provider::aws::arn_parse(\"x\")")).isInstanceOf(Unknown.class);
    }
}
