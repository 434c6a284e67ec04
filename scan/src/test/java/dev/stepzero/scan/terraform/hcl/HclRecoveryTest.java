package dev.stepzero.scan.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake costs the attribute or block that it is in, and nothing else. */
class HclRecoveryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad = ",
                "bad = 1 +",
                "bad = \"open",
                "bad = \"open ${x",
                "bad = \"\\q\"",
                "bad = \"\\ud800\"",
                "bad = [1, 2",
                "bad = [1 2]",
                "bad = foo(1, 2",
                "bad = foo(",
                "bad = (1",
                "bad = a[1",
                "bad = { a = 1 b = 2 }",
                "bad = {\n    a = [1,\n  }",
                "bad = <<EOT\n  no end",
                "bad = <<EOT\n${ +\n} inner = 3\nEOT",
                "bad = \"%{ if x }no end\"",
                "bad = \"%{ endif }\"",
                "bad = [for x y : z]",
                "bad = {for x in y : z}",
                "bad = a ? b",
                "bad = a.",
                "bad = a::b",
                "bad = 1x",
                "bad = 1 2",
                "bad = 'single'",
                "bad = \0",
                "bad = \"\uD83D\"",
                "bad = 1e999999999",
                "= 1",
                "bad 1",
                "\"bad\" = 1",
                "bad \"${x}\" {\n    inner = 1\n  }",
                "bad {} more",
                "/* open"
            })
    void theNeighboursAreKept(String mistake) {
        var text = "one {\n  before = 1\n  " + mistake + "\n  after = 2\n}\ntwo {\n  last = 3\n}\n";

        var parsed = HclParser.parse("a.tf", text);

        assertThat(parsed.problems()).isNotEmpty();
        assertThat(parsed.body().blocks()).extracting(Body.Block::type).containsExactly("one", "two");
        assertThat(names(parsed.body().blocks().get(0).body())).contains("before", "after");
        assertThat(names(parsed.body().blocks().get(1).body())).containsExactly("last");
    }

    @Test
    void aBrokenAttributeStaysAsBroken() {
        var parsed = HclParser.parse("a.tf", "a = 1\nb = [1, 2\nc = 3\n");

        assertThat(names(parsed.body())).containsExactly("a", "b", "c");
        assertThat(parsed.body().attributes().get(1).value()).isInstanceOf(Expression.Broken.class);
        assertThat(parsed.problems()).hasSize(1);
    }

    @Test
    void aMissingBraceDoesNotSwallowTheNextBlock() {
        var parsed = HclParser.parse(
                "a.tf", "one \"x\" {\n  inner {\n    a = 1\n  b = 2\n}\n\ntwo {\n  c = 3\n\nthree {\n}\n");

        assertThat(parsed.body().blocks()).extracting(Body.Block::type).containsExactly("one", "two", "three");
        assertThat(names(parsed.body().blocks().getFirst().body())).containsExactly("b");
        assertThat(parsed.problems())
                .extracting(problem -> problem.position().line())
                .containsExactly(2, 7);
    }

    @Test
    void aBraceTooManyIsPassedOver() {
        var parsed = HclParser.parse("a.tf", "one {\n}\n}\ntwo {\n}\n");

        assertThat(parsed.body().blocks()).hasSize(2);
        assertThat(parsed.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.position().line()).isEqualTo(3));
    }

    @Test
    void anAttributeSetTwiceIsAProblemAndTheFirstCounts() {
        var parsed = HclParser.parse("a.tf", "a = 1\na = 2\n");

        assertThat(parsed.body().attributes()).hasSize(1);
        assertThat(parsed.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{a=",
                "!",
                "-",
                "f(",
                "\"${",
                "a[",
                "[for x in ",
                "x ? ",
                "a[*]",
                "x.",
                "1+",
                "\"%{if x}"
            })
    void depthHasItsLimit(String opening) {
        var parsed = HclParser.parse("a.tf", "a = " + opening.repeat(100_000) + "\nb = 1\n");

        assertThat(parsed.body().attributes().getFirst().value()).isInstanceOf(Expression.Broken.class);
        assertThat(parsed.problems().getFirst().position().line()).isBetween(1, 3);
    }

    @Test
    void blocksToo() {
        var parsed = HclParser.parse("a.tf", "a {\n".repeat(100_000));

        assertThat(parsed.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void longChainsWithinDeepNestingDoNotGetHigherThanTheStack() {
        var text = "x";
        for (int i = 0; i < 100; i++) {
            text = "(" + text + ")" + ".a".repeat(100);
        }

        var expression = HclParser.expression("a.tf", text);

        assertThat(expression).isInstanceOf(Expression.Broken.class);
    }

    @Test
    void aFileOfMistakesIsGivenUpAfterAHundred() {
        var parsed = HclParser.parse("a.tf", "a = \n".repeat(10_000));

        assertThat(parsed.problems()).hasSize(100);
        assertThat(parsed.problems().getLast().message()).endsWith("the rest is not read");
    }

    private static List<String> names(Body body) {
        return body.attributes().stream().map(Body.Attribute::name).toList();
    }
}
