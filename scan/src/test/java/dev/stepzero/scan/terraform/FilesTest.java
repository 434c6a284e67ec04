package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    @TempDir
    Path root;

    @Test
    void anOverridingFileReplacesAttributesAndBlocksOfTheSameType() throws Exception {
        var tree = new Evaluated(root)
                .with("main.tf", """
                        resource "x" "y" {
                          kept    = 1
                          changed = 1
                          rule {
                            port = 1
                          }
                          rule {
                            port = 2
                          }
                          other {
                            kept = true
                          }
                        }
                        locals {
                          a = 1
                        }
                        """)
                .with("a_override.tf", """
                        resource "x" "y" {
                          changed = local.a
                          rule {
                            port = 3
                          }
                        }
                        locals {
                          a = 2
                        }
                        """)
                .read();

        assertThat(tree.plain("x.y", "kept")).isEqualTo(1);
        assertThat(tree.plain("x.y", "changed")).isEqualTo(2);
        assertThat(tree.plain("x.y", "rule")).isEqualTo(List.of(Map.of("port", 3)));
        assertThat(tree.plain("x.y", "other")).isEqualTo(List.of(Map.of("kept", true)));
        assertThat(tree.position("x.y", "changed").file()).isEqualTo("a_override.tf");
    }

    @Test
    void jsonSaysTheSameAsNativeSyntax() throws Exception {
        var tree = new Evaluated(root).with("main.tf.json", """
                        {
                          "variable": {"name": {"default": "n"}},
                          "locals": {"full": "${var.name}-full"},
                          "resource": {
                            "x": {
                              "y": {
                                "for_each": {"k": 22},
                                "name": "${local.full}-${each.key}",
                                "port": "${each.value}",
                                "other": "${aws_z.w.id}",
                                "dynamic": {"rule": {"for_each": [1, 2], "content": {"port": "${rule.value}"}}},
                                "lifecycle": {"ignore_changes": ["name"]}
                              }
                            },
                            "aws_z": {"w": {}}
                          }
                        }
                        """).read();

        assertThat(tree.plain("x.y[\"k\"]", "name")).isEqualTo("n-full-k");
        assertThat(tree.plain("x.y[\"k\"]", "port")).isEqualTo(22);
        assertThat(tree.plain("x.y[\"k\"]", "rule")).isEqualTo(List.of(Map.of("port", 1), Map.of("port", 2)));
        assertThat(tree.unknown("x.y[\"k\"]", "other").references()).containsExactly(new Reference("aws_z.w", "id"));
        assertThat(tree.plain("x.y[\"k\"]", "lifecycle")).isEqualTo(Map.of("ignore_changes", List.of("name")));
    }

    @Test
    void aBrokenFileIsAProblemAndTheOthersAreRead() throws Exception {
        var tree = new Evaluated(root)
                .with("broken.tf", "resource \"x\" \"y\" { v = = }\n")
                .with("good.tf", "resource \"x\" \"z\" { v = 1 }\n")
                .read();

        assertThat(tree.problems()).isNotEmpty().allMatch(each -> each.startsWith("broken.tf:1"));
        assertThat(tree.plain("x.z", "v")).isEqualTo(1);
    }

    @Test
    void aTreeWithoutTerraformHasNoConfiguration() throws Exception {
        var tree = new Evaluated(root)
                .with("terraform.tfvars", "a = 1")
                .with("README.md", "# none")
                .read();

        assertThat(tree.roots()).isEmpty();
    }

    @Test
    void whatIsIgnoredInALifecycleIsNamedAndNotEvaluated() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "y" {
                  lifecycle {
                    prevent_destroy = true
                    ignore_changes  = [tags, rule[0].port]
                    precondition {
                      condition     = self.x
                      error_message = "never"
                    }
                  }
                }
                """);

        assertThat(tree.plain("x.y", "lifecycle"))
                .isEqualTo(List.of(Map.of("prevent_destroy", true, "ignore_changes", List.of("tags", "rule[0].port"))));
    }

    @Test
    void theKindOfAProvisionerIsItsType() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "y" {
                  provisioner "local-exec" {
                    command = "id"
                  }
                }
                """);

        assertThat(tree.plain("x.y", "provisioner")).isEqualTo(List.of(Map.of("command", "id", "type", "local-exec")));
    }
}
