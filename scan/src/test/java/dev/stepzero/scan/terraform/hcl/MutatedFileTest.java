package dev.stepzero.scan.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever befalls a file, it is read to its end and every problem has its place. */
class MutatedFileTest {
    private static final String NATIVE = """
            # a comment /* with */ signs
            resource "aws_s3_bucket" "b" {
              bucket = "${var.name}-logs" // another
              count  = var.on && !local.off ? 2 * (1 + 3) : length(aws_x.y[*].z.0)
              tags = merge({ a = 1, "b" : [1, 2.5e3], (c) = null }, var.tags...)
              policy = <<-EOT
                %{ for k, v in m ~}
                ${jsonencode({ x = k })} "quoted" \\n $${v}
                %{ endfor ~}
              EOT
              lifecycle { ignore_changes = [tags] }
            }
            locals {
              a = { for k, v in x : k => v... if v != "\\u00e9" }
              b = [for v in x.*.y : provider::aws::arn(v)]
            }
            """;
    private static final String JSON = """
            {"//": "c", "resource": {"aws_s3_bucket": {"b": [{"bucket": "${var.name}-\\u00e9", "count": -1.5e3}]}},
             "variable": {"x": {"type": "list(string)", "default": [true, null]}}}
            """;

    record Change(int kind, int at, String text) {
        String in(String original) {
            int place = Math.floorMod(at, original.length() + 1);
            var before = original.substring(0, place);
            var after = original.substring(place);
            return switch (kind) {
                case 0 -> before + text + after;
                case 1 -> before + after.substring(Math.min(after.length(), text.length()));
                case 2 -> after + before;
                default ->
                    before + after.substring(Math.min(1, after.length())) + (after.isEmpty() ? "" : after.charAt(0));
            };
        }
    }

    @Provide
    Arbitrary<Change> changes() {
        var texts = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                "\"",
                "${",
                "%{",
                "%{ if x }",
                "~}",
                "<<E\n",
                "/*",
                "*/",
                "#",
                "\n",
                "\0",
                "\uD83D",
                "\\",
                "=",
                "=>",
                "...",
                ".*",
                "[*]",
                "::",
                "1e999999999",
                "for x in",
                ",",
                "\r",
                "ü",
                "!-!-");
        return Combinators.combine(
                        Arbitraries.of(0, 0, 0, 1, 1, 2, 3),
                        Arbitraries.integers().between(0, 2000),
                        texts)
                .as(Change::new);
    }

    @Property(tries = 2000)
    void aChangedFileIsReadToItsEnd(
            @ForAll("changes") Change a, @ForAll("changes") Change b, @ForAll("changes") Change c) {
        var text = c.in(b.in(a.in(NATIVE)));

        var parsed = HclParser.parse("a.tf", text);

        assertThat(parsed.problems()).hasSizeLessThanOrEqualTo(100).allSatisfy(MutatedFileTest::isPlaced);
    }

    @Property(tries = 1000)
    void aChangedJsonFileIsReadToItsEnd(@ForAll("changes") Change a, @ForAll("changes") Change b) {
        var text = b.in(a.in(JSON));

        var parsed = HclJson.parse("a.tf.json", text);

        assertThat(parsed.problems()).hasSizeLessThanOrEqualTo(100).allSatisfy(MutatedFileTest::isPlaced);
    }

    private static void isPlaced(ParsedFile.SyntaxProblem problem) {
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.position().exists()).isTrue();
        assertThat(problem.position().column()).isPositive();
    }
}
