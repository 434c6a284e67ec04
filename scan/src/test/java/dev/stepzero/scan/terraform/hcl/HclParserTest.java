package dev.stepzero.scan.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every construct of HCL's native syntax. Texts of templates were compared with what {@code terraform console} says. */
class HclParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3 ; ((1) + (((2) * (3))))",
                "a - b - c ; ((((a) - (b))) - (c))",
                "a-b ; a-b",
                "!a && b == c || d < e ; ((((!(a)) && (((b) == (c))))) || (((d) < (e))))",
                "-a.b ; -((a).b)",
                "a ? b : c ? d : e ; (a ? b : (c ? d : e))",
                "a.b[0].c ; (a).b[0].c",
                "a.0.b ; (a).0.b",
                "a.*.b.0 ; (a)[*].b.0",
                "a.*.b[0] ; ((a)[*].b)[0]",
                "a[*].b[0] ; (a)[*].b[0]",
                "a[*].b[*].c ; (a)[*].b[*].c",
                "f() ; f()",
                "f(a, b...) ; f(a, b...)",
                "provider::aws::arn_parse(x) ; provider::aws::arn_parse(x)",
                "[a, b,] ; [a, b]",
                "{a = 1, \"b\" : 2, (c) = 3, for = 4} ; {\"a\" = 1, \"b\" = 2, (c) = 3, \"for\" = 4}",
                "[for v in m : v if v != null] ; [for v in m : v if ((v) != (null))]",
                "{for k, v in m : k => v...} ; {for k, v in m : k => v...}",
                "\"${x}\" ; x",
                "\"$${x} %%{y} \\t\\u00e9\" ; \"$${x} %%{y} \\té\"",
                "\"%{ if a }x%{ else }y%{ endif }\" ; \"${(a ? \"x\" : \"y\")}\"",
                "1.5e3 ; 1.5E+3",
                "a /* c */ + b ; ((a) + (b))"
            })
    void anExpressionIsReadAsItIsMeant(String text, String meant) {
        var expression = HclParser.expression("a.tf", text);

        assertThat(expression).isNotInstanceOf(Expression.Broken.class);
        assertThat(Printer.print(expression)).isEqualTo(meant);
    }

    @Test
    void lineBreaksMeanNothingInBrackets() {
        var parsed = HclParser.parse(
                "a.tf", "a = f(\n  1\n  ,\n  [\n2\n],\n)\nb = (\n 1\n +\n 2\n)\nc = {\n x = 1\n\n y = 2 # c\n}\n");

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.body().attributes()).hasSize(3);
    }

    @Test
    void aHeredocLosesTheIndentationOfItsLeastIndentedLine() {
        var text = text("<<-E\n      one\n\n    two\n     \n   E\n");

        assertThat(text).isEqualTo("  one\n\ntwo\n     \n");
    }

    @Test
    void aHeredocWithoutMinusKeepsAllAndKnowsNoEscapes() {
        var text = text("<<E\n  $${x} \\n \"q\" $a %b\nE\n");

        assertThat(text).isEqualTo("  ${x} \\n \"q\" $a %b\n");
    }

    @Test
    void tildesStripTheTextBesideThem() {
        var quoted = HclParser.expression("a.tf", "\"x \\n ${~ b ~} \\n y\"");
        var heredoc = HclParser.expression("a.tf", "<<E\n  x\n${~ b ~}\n\n  y ${b ~}\n   z\nE\n");

        assertThat(Printer.print(quoted)).isEqualTo("\"x${b}y\"");
        assertThat(Printer.print(heredoc)).isEqualTo("\"  x${b}\\n  y ${b}   z\\n\"");
    }

    @Test
    void aLoopInATemplateHasABody() {
        var loop = HclParser.expression(
                "a.tf", "<<-E\n  %{ for k, v in m ~}\n    item ${k}\n  %{ endfor ~}\n  end\n  E\n");

        assertThat(Printer.print(loop)).isEqualTo("\"%{ for k, v in m }    item ${k}\\n%{ endfor }  end\\n\"");
    }

    @Test
    void aTemplateOfNothingButAValueKeepsItsType() {
        var wrapped = HclParser.expression("a.tf", "\"${1}\"");
        var text = HclParser.expression("a.tf", "\"${1 ~} \"");

        assertThat(wrapped).isInstanceOf(Expression.Literal.class);
        assertThat(text)
                .isInstanceOfSatisfying(
                        Expression.Template.class, it -> assertThat(it.parts()).hasSize(1));
    }

    @Test
    void aTemplateMayBeAWholeText() {
        var template = HclParser.template("a.tftpl", "a \"b\" \\n ${c}");

        assertThat(Printer.print(template)).isEqualTo("\"a \\\"b\\\" \\\\n ${c}\"");
    }

    @Test
    void blocksHaveLabelsOfBothKindsAndBodiesOnOneLine() {
        var parsed = HclParser.parse("a.tf", "a \"b\" c {}\nd { e = 1 }\nf {\n  g \"h\" {\n  }\n}");

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.body().blocks())
                .extracting(Body.Block::labels)
                .containsExactly(List.of("b", "c"), List.of(), List.of());
        assertThat(parsed.body().blocks().get(1).body().attributes()).hasSize(1);
        assertThat(parsed.body().blocks().get(2).body().blocks()).hasSize(1);
    }

    @Test
    void everythingHasItsPlace() {
        var parsed = HclParser.parse("m/a.tf", "\r\nblock \"x\" {\r\n  a = [\r\n    1,\r\n  ]\r\n}\r\n");

        var block = parsed.body().blocks().getFirst();
        var attribute = block.body().attributes().getFirst();
        var list = (Expression.Tuple) attribute.value();
        assertThat(block.position()).isEqualTo(new Position("m/a.tf", 2, 1, 6));
        assertThat(attribute.position()).isEqualTo(new Position("m/a.tf", 3, 3, 5));
        assertThat(list.position()).isEqualTo(new Position("m/a.tf", 3, 7, 5));
        assertThat(list.items().getFirst().position()).isEqualTo(new Position("m/a.tf", 4, 5, 4));
    }

    @Test
    void aHeredocReachesToItsMarker() {
        var parsed = HclParser.parse("a.tf", "a = <<E\n${b}\nE\nc = 1\n");

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.body().attributes())
                .extracting(Body.Attribute::position)
                .containsExactly(new Position("a.tf", 1, 1, 3), new Position("a.tf", 4, 1, 4));
    }

    private static String text(String expression) {
        var literal = (Expression.Literal) HclParser.expression("a.tf", expression);
        return ((Value.Text) literal.value()).value();
    }
}
