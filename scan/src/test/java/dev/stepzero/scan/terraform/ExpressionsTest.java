package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {
    @TempDir
    Path root;

    private Value value(String expression) throws InterruptedException {
        return Evaluated.of(root, """
                variable "u" {}
                locals {
                  map  = { b = 2, a = 1 }
                  list = ["x", "y", "z"]
                  rich = [{ n = "p", ok = true }, { n = "q", ok = false }]
                }
                resource "aws_x" "r" { set = "s" }
                resource "x" "y" {
                  v = %s
                }
                """.formatted(expression)).value("x.y", "v");
    }

    /** What Terraform 1.11 answers to the same in its console. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            10 % 3                                              | 1
            -7 % 3                                              | -1
            2 + 3 * 4                                           | 14
            "${2 / 3 * 3}"                                      | 2
            "=${0.1 + 0.2}"                                     | =0.3
            "=${7.5 % 2}"                                       | =1.5
            "${1e3}"                                            | 1000
            1 == "1"                                            | false
            5 > "3"                                             | true
            null == null                                        | true
            {a = 1} == {a = 1}                                  | true
            !false && true                                      | true
            true ? 1 : "a"                                      | 1
            -"3"                                                | -3
            [for s in local.list : upper(s)]                    | [X, Y, Z]
            [for i, s in local.list : "${i}${s}" if s != "y"]   | [0x, 2z]
            [for k, v in local.map : "${k}${v}"]                | [a1, b2]
            {for s in local.list : s => upper(s) if s != "x"}   | {y=Y, z=Z}
            {for r in local.rich : r.ok => r.n...}              | {true=[p], false=[q]}
            {for k, v in toset(["a", "b"]) : k => v}            | {a=a, b=b}
            local.rich[*].n                                     | [p, q]
            local.rich.*.n                                      | [p, q]
            local.rich[1].n                                     | q
            local.rich.0.n                                      | p
            local.map["b"]                                      | 2
            null[*]                                             | []
            "%{ for s in local.list }<${s}>%{ endfor }"         | <x><y><z>
            "%{ if local.map.a == 1 }yes%{ else }no%{ endif }"  | yes
            max([1, 5]...)                                      | 5
            try(local.map.c, "none")                            | none
            try(local.list[7], local.list[0])                   | x
            can(local.map.c)                                    | false
            can(local.map.a)                                    | true
            lookup(local.map, "c", 3)                           | 3
            terraform.workspace                                 | default
            path.module                                         | .
            """)
    void anExpressionIsWhatTerraformSays(String expression, String expected) throws Exception {
        var value = value(expression);

        assertThat(ReadTree.plain(value)).hasToString(expected);
    }

    @Test
    void anAttributeThatIsNotSetIsKnownAfterApply() throws Exception {
        var unknown = (Unknown) value("aws_x.r.arn");

        assertThat(unknown.notNull()).isTrue();
        assertThat(unknown.references()).containsExactly(new Reference("aws_x.r", "arn"));
    }

    @Test
    void aTemplateWithUnknownPartsKeepsTheKnownOnes() throws Exception {
        var unknown = (Unknown) value("\"arn:${aws_x.r.arn}/*\"");

        assertThat(unknown.prefix()).isEqualTo("arn:");
        assertThat(unknown.parts()).hasSize(3).endsWith(Value.of("/*"));
    }

    @Test
    void aConditionThatIsUnknownLeavesBothBranches() throws Exception {
        var unknown = (Unknown) value("var.u ? \"a\" : \"b\"");

        assertThat(unknown.oneOf()).containsExactly(Value.of("a"), Value.of("b"));
        assertThat(unknown.notNull()).isTrue();
        assertThat(value("(var.u ? {a = 1} : {a = 1}).a")).isEqualTo(Value.of(1));
        assertThat(value("var.u ? true : true")).isEqualTo(Value.TRUE);
        assertThat(value("(var.u ? \"a\" : \"b\") == \"c\"")).isEqualTo(Value.FALSE);
    }

    @Test
    void whatIsKnownWhateverTheUnknownIsStaysKnown() throws Exception {
        assertThat(value("var.u && false")).isEqualTo(Value.FALSE);
        assertThat(value("true || var.u")).isEqualTo(Value.TRUE);
        assertThat(value("aws_x.r.arn == null")).isEqualTo(Value.FALSE);
        assertThat(value("length([var.u, var.u])")).isEqualTo(Value.of(2));
    }

    @Test
    void jsonOfWhatIsPartlyUnknownKeepsItsStructure() throws Exception {
        var unknown = (Unknown) value("jsonencode({ a = aws_x.r.arn, b = 1 })");

        assertThat(unknown.encoded().map(ReadTree::plain))
                .hasToString("Optional[{a=<aws_x.r.arn is known after apply>, b=1}]");
    }

    @Test
    void aWholeResourceIsAnObjectThatKnowsWhatItIs() throws Exception {
        var tree = Evaluated.of(root, """
                resource "aws_x" "r" { set = "s" }
                locals { r = aws_x.r }
                resource "x" "y" {
                  set = local.r.set
                  id  = local.r.id
                }
                """);

        assertThat(tree.plain("x.y", "set")).isEqualTo("s");
        assertThat(tree.unknown("x.y", "id").references()).containsExactly(new Reference("aws_x.r", "id"));
    }

    @Test
    void whatABlockOfAResourceDoesNotSetIsKnownAfterApply() throws Exception {
        var tree = Evaluated.of(root, """
                resource "azurerm_app" "a" {
                  identity {
                    type = "SystemAssigned"
                  }
                }
                resource "x" "y" {
                  type      = azurerm_app.a.identity[0].type
                  principal = azurerm_app.a.identity[0].principal_id
                }
                """);

        assertThat(tree.plain("x.y", "type")).isEqualTo("SystemAssigned");
        assertThat(tree.unknown("x.y", "principal").references())
                .containsExactly(new Reference("azurerm_app.a", "identity.principal_id"));
    }

    @Test
    void aResourceThatIsNotHereIsTakenAsBeingThere() throws Exception {
        var tree = Evaluated.of(root, "resource \"x\" \"y\" { key = aws_kms_key.elsewhere.arn }");

        assertThat(tree.unknown("x.y", "key").notNull()).isTrue();
        assertThat(tree.unknown("x.y", "key").references())
                .containsExactly(new Reference("aws_kms_key.elsewhere", "arn"));
    }

    @Test
    void filesOfTheTreeAreReadAndNoOthers() throws Exception {
        var tree = new Evaluated(root)
                .with("main.tf", "module \"m\" { source = \"./m\" }")
                .with("m/main.tf", """
                        resource "x" "y" {
                          text     = file("${path.module}/a.txt")
                          filled   = templatefile("${path.module}/b.tftpl", { name = "n", list = ["p", "q"] })
                          names    = fileset(path.module, "*.txt")
                          outside  = file("../../../../etc/hostname")
                          absolute = file("/etc/hostname")
                        }
                        """)
                .with("m/a.txt", "content")
                .with("m/b.tftpl", "Hello ${name}%{ for each in list } ${each}%{ endfor }")
                .read();

        assertThat(tree.plain("module.m.x.y", "text")).isEqualTo("content");
        assertThat(tree.plain("module.m.x.y", "filled")).isEqualTo("Hello n p q");
        assertThat(tree.plain("module.m.x.y", "names")).isEqualTo(List.of("a.txt"));
        assertThat(tree.unknown("module.m.x.y", "outside").chain()).contains("no file");
        assertThat(tree.unknown("module.m.x.y", "absolute").chain()).contains("no file");
    }

    @Test
    void localValuesAreEvaluatedInAnyOrder() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "y" { v = local.c }
                locals {
                  c = "${local.b}c"
                  b = "${local.a}b"
                  a = "a"
                }
                """);

        assertThat(tree.plain("x.y", "v")).isEqualTo("abc");
    }
}
