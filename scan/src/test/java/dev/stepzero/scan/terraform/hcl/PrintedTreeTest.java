package dev.stepzero.scan.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Position;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** What is printed is read as the same tree again. */
class PrintedTreeTest {
    private static final RecursiveComparisonConfiguration BUT_POSITIONS = RecursiveComparisonConfiguration.builder()
            .withIgnoredFieldsOfTypes(Position.class)
            .withStrictTypeChecking(true)
            .build();

    @Provide
    Arbitrary<Expression> expressions() {
        return Trees.expressions();
    }

    @Provide
    Arbitrary<Body> bodies() {
        return Trees.bodies();
    }

    @Property(tries = 1000)
    void anExpressionStaysTheSame(@ForAll("expressions") Expression expression) {
        var text = Printer.print(expression);

        var read = HclParser.expression("a.tf", text);

        assertThat(read).as(text).usingRecursiveComparison(BUT_POSITIONS).isEqualTo(expression);
    }

    @Property(tries = 200)
    void aFileStaysTheSame(@ForAll("bodies") Body body) {
        var text = Printer.print(body);

        var read = HclParser.parse("a.tf", text);

        assertThat(read.problems()).as(text).isEmpty();
        assertThat(read.body()).as(text).usingRecursiveComparison(BUT_POSITIONS).isEqualTo(body);
    }
}
