package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    @TempDir
    Path root;

    private static final String ONE = """
            variable "v" {
              type    = string
              default = "default"
            }
            resource "x" "y" {
              v = var.v
            }
            """;

    @Test
    void aVariableHasItsDefault() throws Exception {
        var tree = Evaluated.of(root, ONE);

        assertThat(tree.plain("x.y", "v")).isEqualTo("default");
    }

    @Test
    void theEnvironmentWinsOverTheDefault() throws Exception {
        var tree = new Evaluated(root)
                .with("main.tf", ONE)
                .environment("TF_VAR_v", "environment")
                .read();

        assertThat(tree.plain("x.y", "v")).isEqualTo("environment");
    }

    @Test
    void theEnvironmentGivesListsAsExpressions() throws Exception {
        var tree = new Evaluated(root)
                .with("main.tf", """
                        variable "v" { type = list(string) }
                        resource "x" "y" { v = var.v }
                        """)
                .environment("TF_VAR_v", "[\"a\", \"b\"]")
                .read();

        assertThat(tree.plain("x.y", "v")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void valueFilesWinInTerraformsOrder() throws Exception {
        var tree = new Evaluated(root).with("main.tf", ONE).environment("TF_VAR_v", "environment");

        tree.with("terraform.tfvars", "v = \"terraform.tfvars\"").read();
        assertThat(tree.plain("x.y", "v")).isEqualTo("terraform.tfvars");

        tree.with("terraform.tfvars.json", "{\"v\": \"json\"}").read();
        assertThat(tree.plain("x.y", "v")).isEqualTo("json");

        tree.with("b.auto.tfvars", "v = \"b\"")
                .with("a.auto.tfvars.json", "{\"v\": \"a\"}")
                .read();
        assertThat(tree.plain("x.y", "v")).isEqualTo("b");

        var file = Files.writeString(root.resolve("production.tfvars"), "v = \"asked for\"");
        tree.valueFile(file).read();
        assertThat(tree.plain("x.y", "v")).isEqualTo("asked for");
    }

    @Test
    void aValueFileThatNobodyAskedForIsNotTaken() throws Exception {
        var tree = new Evaluated(root)
                .with("main.tf", ONE)
                .with("production.tfvars", "v = \"production\"")
                .read();

        assertThat(tree.plain("x.y", "v")).isEqualTo("default");
    }

    @Test
    void aVariableWithoutValueIsUnknownAndMayBeNull() throws Exception {
        var tree = Evaluated.of(root, """
                variable "v" {}
                variable "there" { nullable = false }
                resource "x" "y" {
                  v     = var.v
                  there = var.there
                }
                """);

        assertThat(tree.unknown("x.y", "v").chain()).isEqualTo("var.v");
        assertThat(tree.unknown("x.y", "v").notNull()).isFalse();
        assertThat(tree.unknown("x.y", "there").notNull()).isTrue();
    }

    @Test
    void aValidationLeavesFewChoices() throws Exception {
        var tree = Evaluated.of(root, """
                variable "v" {
                  validation {
                    condition     = contains(["a", "b"], var.v)
                    error_message = "a or b"
                  }
                }
                resource "x" "y" {
                  v     = var.v
                  never = var.v == "c"
                }
                """);

        assertThat(tree.unknown("x.y", "v").oneOf()).containsExactly(Value.of("a"), Value.of("b"));
        assertThat(tree.plain("x.y", "never")).isEqualTo(false);
    }

    @Test
    void valuesBecomeOfTheDeclaredType() throws Exception {
        var tree = Evaluated.of(root, """
                variable "number" {
                  type    = number
                  default = "22"
                }
                variable "truth" {
                  type    = bool
                  default = "true"
                }
                variable "texts" {
                  type    = set(string)
                  default = ["b", "a", "b", 1]
                }
                resource "x" "y" {
                  number = var.number
                  truth  = var.truth
                  texts  = var.texts
                  keys   = [for k, v in var.texts : k]
                }
                """);

        assertThat(tree.plain("x.y", "number")).isEqualTo(22);
        assertThat(tree.plain("x.y", "truth")).isEqualTo(true);
        assertThat(tree.plain("x.y", "texts")).isEqualTo(List.of("1", "a", "b"));
        assertThat(tree.plain("x.y", "keys")).isEqualTo(List.of("1", "a", "b"));
    }

    @Test
    void optionalAttributesAreFilledIn() throws Exception {
        var tree = Evaluated.of(root, """
                variable "rules" {
                  type = map(object({
                    from     = number
                    to       = optional(number)
                    protocol = optional(string, "tcp")
                  }))
                  default = { ssh = { from = 22, other = "dropped" } }
                }
                resource "x" "y" {
                  rules = var.rules
                }
                """);

        assertThat(tree.plain("x.y", "rules"))
                .isEqualTo(Map.of("ssh", Map.of("from", 22, "to", "<absent>", "protocol", "tcp")));
    }

    @Test
    void aValueOfTheWrongTypeIsUnknown() throws Exception {
        var tree = Evaluated.of(root, """
                variable "v" {
                  type    = number
                  default = "many"
                }
                resource "x" "y" { v = var.v }
                """);

        assertThat(tree.unknown("x.y", "v").chain()).isEqualTo("var.v is not of its type number");
    }

    @Test
    void aNullForWhatMayNotBeNullIsTheDefault() throws Exception {
        var tree =
                new Evaluated(root).with("main.tf", """
                        module "m" {
                          source = "./m"
                          v      = null
                          w      = null
                        }
                        """).with("m/main.tf", """
                        variable "v" {
                          default  = "default"
                          nullable = false
                        }
                        variable "w" { default = "default" }
                        resource "x" "y" {
                          v = var.v
                          w = var.w
                        }
                        """).read();

        assertThat(tree.plain("module.m.x.y", "v")).isEqualTo("default");
        assertThat(tree.plain("module.m.x.y", "w")).isEqualTo("<absent>");
    }

    @Test
    void declarationsAreThereForRulesToLookAt() throws Exception {
        var tree = Evaluated.of(root, """
                variable "v" {
                  type      = map(string)
                  sensitive = true
                }
                output "o" {
                  value     = var.v
                  sensitive = true
                }
                """);

        assertThat(tree.plain("var.v", "type")).isEqualTo("map(string)");
        assertThat(tree.plain("var.v", "sensitive")).isEqualTo(true);
        assertThat(tree.plain("output.o", "value")).isEqualTo("<var.v>");
    }
}
