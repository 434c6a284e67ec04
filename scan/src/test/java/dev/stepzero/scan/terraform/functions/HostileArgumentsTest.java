package dev.stepzero.scan.terraform.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileArgumentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "format(\"%1000000d\", 1)",
                "format(\"%.999999f\", 1)",
                "indent(1000000000, \"a\\nb\")",
                "range(2000)",
                "range(0, 1e9, 1e-9)",
                "regex(\"((a{1000}){1000}){1000}\", \"a\")",
                "pow(10, 1e9)",
                "yamldecode(\"a: &a [x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: *nothing\")",
                "cidrsubnet(\"10.0.0.0/8\", 2000000000, 1)",
                "nonsense(1)",
                "upper()",
                "upper(\"a\", \"b\")",
                "file(\"../../../../../../../../etc/hostname-that-is-not-there\")",
            })
    void whatWouldNeverEndOrFillTheMemoryIsRefused(String call) {
        assertThatThrownBy(() -> Literals.evaluate(call)).isInstanceOf(FunctionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tostring", "floor", "abs", "jsonencode", "yamlencode", "range"})
    void aNumberWithAnEndlessExponentIsRefused(String function) {
        for (var text : List.of("1e1000000000", "1e-1000000000")) {
            var number = new Value.Numeric(new BigDecimal(text));

            assertThatThrownBy(() -> Literals.call(function, number)).isInstanceOf(FunctionError.class);
        }
    }

    @Test
    void aPatternThatMatchesOverAndOverAgainEnds() {
        var text = Value.of("a".repeat(1_000_000));

        assertThatThrownBy(() -> Literals.call("regexall", Value.of("a.*z|a"), text))
                .isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("replace", text, Value.of("/a.*z|a/"), Value.of("b")))
                .isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("regex", Value.of("(".repeat(4000) + ")".repeat(4000)), text))
                .isInstanceOf(FunctionError.class);
    }

    @Test
    void textsThatGrowWithoutBoundsAreRefused() {
        var long1 = Value.of("a".repeat(5_000_000));

        assertThatThrownBy(() -> Literals.call("replace", long1, Value.of("a"), long1))
                .isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("replace", long1, Value.of("/a/"), long1))
                .isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("join", long1, Value.listOf(Collections.nCopies(100, Value.of("x")))))
                .isInstanceOf(FunctionError.class);
    }

    @Test
    void aValueThatSharesItsPartsIsNotWrittenOutForEver() {
        Value value = Value.of("lol");
        for (int i = 0; i < 64; i++) {
            value = Value.listOf(List.of(value, value));
        }
        var laughs = value;

        assertThatThrownBy(() -> Literals.call("jsonencode", laughs)).isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("flatten", laughs)).isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("yamlencode", laughs)).isInstanceOf(FunctionError.class);
    }

    @Test
    void deepNestingIsRefused() {
        Value deep = Value.of("x");
        for (int i = 0; i < 100_000; i++) {
            deep = Value.listOf(List.of(deep));
        }
        var nested = deep;

        for (var function : List.of("jsonencode", "flatten", "yamlencode")) {
            assertThatThrownBy(() -> Literals.call(function, nested)).isInstanceOf(FunctionError.class);
        }
        assertThatThrownBy(() -> Literals.call("jsondecode", Value.of("[".repeat(100_000))))
                .isInstanceOf(FunctionError.class);
        assertThatThrownBy(() -> Literals.call("yamldecode", Value.of("[".repeat(100_000))))
                .isInstanceOf(FunctionError.class);
    }

    @Test
    void aBillionLaughsInYamlAreRefused() {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            yaml.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
        }

        assertThatThrownBy(() -> Literals.call("yamldecode", Value.of(yaml.toString())))
                .isInstanceOf(FunctionError.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void everyFunctionOfTheTableSurvivesArgumentsOfEveryKind() {
        var kinds = List.of(
                Value.ABSENT,
                Value.TRUE,
                Value.of(-1),
                Value.of(""),
                Value.of("\uD800x"),
                Value.Sequence.EMPTY,
                Value.Mapping.EMPTY,
                Literals.evaluate("[unknown, null, [1], {a = 1}]"),
                Literals.evaluate("unknown"));

        for (var name : Signature.names()) {
            for (var one : kinds) {
                for (var other : kinds) {
                    for (var arguments : List.of(List.of(one), List.of(one, other), List.of(one, other, one))) {
                        try {
                            assertThat(Literals.call(name, arguments.toArray(Value[]::new)))
                                    .isNotNull();
                        } catch (FunctionError refused) {
                            assertThat(refused.getMessage()).isNotBlank();
                        }
                    }
                }
            }
        }
    }

    @Test
    void aNumberWithAnEndlessExponentInJsonIsRefused() {
        assertThatThrownBy(() -> Literals.call("jsondecode", Value.of("[1e1000000000]")))
                .isInstanceOf(FunctionError.class);
    }
}
