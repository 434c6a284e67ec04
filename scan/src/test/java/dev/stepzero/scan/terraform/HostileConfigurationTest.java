package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileConfigurationTest {
    @TempDir
    Path root;

    private static String lines(int count, java.util.function.IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    @Test
    void aCircleIsNamedAndEndsThere() throws Exception {
        var tree = Evaluated.of(root, """
                locals {
                  a = local.b
                  b = local.c
                  c = local.a
                }
                resource "x" "y" {
                  v = local.a
                  w = "there"
                }
                """);

        assertThat(tree.problems())
                .containsExactly("main.tf:4 these refer to each other in a circle:"
                        + " local.a -> local.b -> local.c -> local.a");
        assertThat(tree.plain("x.y", "w")).isEqualTo("there");
    }

    @Test
    void resourcesInACircleStillReferToEachOther() throws Exception {
        var tree = Evaluated.of(root, """
                resource "aws_security_group" "a" { other = aws_security_group.b.id }
                resource "aws_security_group" "b" { other = aws_security_group.a.id }
                resource "aws_security_group" "self" { other = aws_security_group.self.id }
                """);

        assertThat(tree.problems()).hasSize(2).allMatch(each -> each.contains("in a circle"));
        assertThat(tree.unknown("aws_security_group.b", "other").references())
                .containsExactly(new Reference("aws_security_group.a", "id"));
    }

    @Test
    void aCircleThroughModulesIsFoundToo() throws Exception {
        var tree =
                new Evaluated(root).with("main.tf", """
                        module "a" {
                          source = "./m"
                          in     = module.b.out
                        }
                        module "b" {
                          source = "./m"
                          in     = module.a.out
                        }
                        """).with("m/main.tf", """
                        variable "in" {}
                        output "out" { value = var.in }
                        """).read();

        assertThat(tree.problems()).singleElement().asString().contains("module.a.output.out", "module.b.var.in");
    }

    @Test
    void aLongChainOfValuesIsFollowed() throws Exception {
        var tree = Evaluated.of(
                root,
                "locals {\n" + lines(3000, i -> "a" + i + " = local.a" + (i + 1)) + "\na3000 = 1\n}\n"
                        + "resource \"x\" \"y\" { v = local.a0 }\n");

        assertThat(tree.plain("x.y", "v")).isEqualTo(1);
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void anEndlessChainOfValuesIsAProblem() throws Exception {
        var tree = Evaluated.of(
                root,
                "locals {\n" + lines(50_000, i -> "a" + i + " = local.a" + (i + 1)) + "\na50000 = 1\n}\n"
                        + "resource \"x\" \"y\" { v = local.a0 }\n");

        assertThat(tree.problems()).singleElement().asString().contains("nested too deeply");
    }

    @Test
    void valuesThatDoubleManyTimesAreAProblem() throws Exception {
        var tree = Evaluated.of(
                root,
                "locals {\nlist0 = [1]\ntext0 = \"xxxxxxxx\"\n"
                        + lines(60, i -> "list%d = [local.list%d, local.list%d]".formatted(i + 1, i, i)) + "\n"
                        + lines(60, i -> "text%d = \"${local.text%d}${local.text%d}\"".formatted(i + 1, i, i))
                        + "\n}\nresource \"x\" \"y\" {\n list = local.list60\n text = local.text60\n}\n");

        assertThat(tree.problems()).isNotEmpty().allMatch(each -> each.contains("too large"));
    }

    @Test
    void loopsInLoopsInLoopsAreAProblem() throws Exception {
        var tree = Evaluated.of(root, """
                locals { r = range(1000) }
                resource "x" "y" {
                  v = [for a in local.r : [for b in local.r : [for c in local.r : a * b * c]]]
                }
                resource "x" "z" { v = 1 }
                """);

        assertThat(tree.problems()).anyMatch(each -> each.contains("expands to too much"));
        assertThat(tree.ofKind("x")).containsExactly("x.y", "x.z");
    }

    @Test
    void tooManyInstancesAreOneProblemAndOneInstance() throws Exception {
        var tree = Evaluated.of(root, "resource \"x\" \"y\" { count = 1000000000 }");

        assertThat(tree.problems()).singleElement().asString().contains("more than 100,000 instances");
        assertThat(tree.ofKind("x")).containsExactly("x.y[*]");
    }

    @Test
    void modulesThatDoubleAtEachLevelAreAProblem() throws Exception {
        var tree = new Evaluated(root);
        for (int i = 0; i < 30; i++) {
            tree.with("m%d/main.tf".formatted(i), """
                    module "a" { source = "../m%d" }
                    module "b" { source = "../m%d" }
                    """.formatted(i + 1, i + 1));
        }

        tree.with("m30/main.tf", "resource \"x\" \"y\" {}").read();

        assertThat(tree.problems()).isNotEmpty().allMatch(each -> each.contains("what is left"));
    }

    @Test
    void modulesNestedBeyondMeasureAreAProblem() throws Exception {
        var tree = new Evaluated(root);
        for (int i = 0; i < 80; i++) {
            tree.with("m%d/main.tf".formatted(i), "module \"n\" { source = \"../m%d\" }".formatted(i + 1));
        }

        tree.with("m80/main.tf", "resource \"x\" \"y\" {}").read();

        assertThat(tree.problems()).singleElement().asString().contains("more than 64 levels");
    }
}
