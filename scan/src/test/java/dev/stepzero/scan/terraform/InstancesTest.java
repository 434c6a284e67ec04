package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {
    @TempDir
    Path root;

    @Test
    void countGivesNumberedInstances() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "y" {
                  count = 2
                  i     = count.index
                }
                """);

        assertThat(tree.ofKind("x")).containsExactly("x.y[0]", "x.y[1]");
        assertThat(tree.plain("x.y[1]", "i")).isEqualTo(1);
        assertThat(tree.at("x.y[1]").attributes().entries()).doesNotContainKey("count");
    }

    @Test
    void countOfZeroGivesNone() throws Exception {
        var tree = Evaluated.of(root, """
                variable "on" { default = false }
                resource "x" "y" { count = var.on ? 1 : 0 }
                """);

        assertThat(tree.ofKind("x")).isEmpty();
    }

    @Test
    void anUnknownCountGivesOneThatStandsForAll() throws Exception {
        var tree = Evaluated.of(root, """
                variable "many" {}
                variable "on" {}
                resource "x" "many" {
                  count = var.many
                  i     = count.index
                }
                resource "x" "on" {
                  count = var.on ? 1 : 0
                  i     = count.index
                }
                """);

        assertThat(tree.ofKind("x")).containsExactly("x.many[*]", "x.on[*]");
        assertThat(tree.unknown("x.many[*]", "i").chain()).isEqualTo("var.many");
        assertThat(tree.plain("x.on[*]", "i")).isEqualTo(0);
    }

    @Test
    void forEachGivesInstancesByKeyInOrder() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "map" {
                  for_each = { b = 2, a = 1 }
                  k        = each.key
                  v        = each.value
                }
                resource "x" "set" {
                  for_each = toset(["q", "p"])
                  k        = each.key
                  v        = each.value
                }
                """);

        assertThat(tree.ofKind("x")).containsExactly("x.map[\"a\"]", "x.map[\"b\"]", "x.set[\"p\"]", "x.set[\"q\"]");
        assertThat(tree.plain("x.map[\"b\"]", "v")).isEqualTo(2);
        assertThat(tree.plain("x.set[\"p\"]", "v")).isEqualTo("p");
    }

    @Test
    void anUnknownForEachGivesOneWhoseBodyIsStillThere() throws Exception {
        var tree = Evaluated.of(root, """
                variable "buckets" {}
                resource "x" "y" {
                  for_each = var.buckets
                  name     = each.key
                  acl      = "public-read"
                }
                """);

        assertThat(tree.ofKind("x")).containsExactly("x.y[*]");
        assertThat(tree.plain("x.y[*]", "acl")).isEqualTo("public-read");
        assertThat(tree.unknown("x.y[*]", "name").notNull()).isTrue();
    }

    @Test
    void aForEachThatHasOneElementOrNoneTellsItsKey() throws Exception {
        var tree = Evaluated.of(root, """
                variable "on" {}
                resource "x" "y" {
                  for_each = var.on ? toset(["only"]) : toset([])
                  name     = each.key
                }
                """);

        assertThat(tree.plain("x.y[*]", "name")).isEqualTo("only");
    }

    @Test
    void instancesAreReferredToByIndexKeyAndSplat() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "c" {
                  count = 2
                  name  = "n${count.index}"
                }
                resource "x" "e" {
                  for_each = toset(["k"])
                  name     = each.key
                }
                resource "x" "all" {
                  first = x.c[0].name
                  names = x.c[*].name
                  old   = x.c.*.name
                  key   = x.e["k"].name
                  each  = [for k, v in x.e : "${k}=${v.name}"]
                  id    = x.e["k"].id
                }
                """);

        assertThat(tree.plain("x.all", "first")).isEqualTo("n0");
        assertThat(tree.plain("x.all", "names")).isEqualTo(List.of("n0", "n1"));
        assertThat(tree.plain("x.all", "old")).isEqualTo(List.of("n0", "n1"));
        assertThat(tree.plain("x.all", "key")).isEqualTo("k");
        assertThat(tree.plain("x.all", "each")).isEqualTo(List.of("k=k"));
        assertThat(tree.unknown("x.all", "id").references()).containsExactly(new Reference("x.e[\"k\"]", "id"));
    }

    @Test
    void theOneThatStandsForAllIsReferredToByAnyIndex() throws Exception {
        var tree = Evaluated.of(root, """
                variable "n" {}
                resource "x" "c" {
                  count = var.n
                  name  = "same"
                }
                resource "x" "all" {
                  name = x.c[0].name
                  id   = x.c[3].id
                  ids  = x.c[*].id
                }
                """);

        assertThat(tree.plain("x.all", "name")).isEqualTo("same");
        assertThat(tree.unknown("x.all", "id").references()).containsExactly(new Reference("x.c[*]", "id"));
        assertThat(tree.unknown("x.all", "ids").references()).contains(new Reference("x.c[*]", "id"));
    }

    @Test
    void dynamicBlocksRepeatLikeWrittenOnes() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "y" {
                  rule {
                    port = 1
                  }
                  dynamic "rule" {
                    for_each = { ssh = 22, web = 80 }
                    iterator = it
                    content {
                      name = it.key
                      port = it.value
                      dynamic "from" {
                        for_each = ["10.0.0.0/8", "${it.key}.example"]
                        content {
                          address = from.value
                        }
                      }
                    }
                  }
                }
                """);

        assertThat(tree.plain("x.y", "rule"))
                .isEqualTo(List.of(
                        Map.of("port", 1),
                        Map.of("name", "ssh", "port", 22, "from", addresses("10.0.0.0/8", "ssh.example")),
                        Map.of("name", "web", "port", 80, "from", addresses("10.0.0.0/8", "web.example"))));
    }

    private static List<Map<String, String>> addresses(String... all) {
        return List.of(all).stream().map(each -> Map.of("address", each)).toList();
    }

    @Test
    void aDynamicBlockOverWhatIsUnknownStandsOnce() throws Exception {
        var tree = Evaluated.of(root, """
                variable "ports" {}
                resource "x" "y" {
                  dynamic "rule" {
                    for_each = var.ports
                    content {
                      port = rule.value
                      cidr = "0.0.0.0/0"
                    }
                  }
                }
                """);

        assertThat(tree.plain("x.y", "rule")).isEqualTo(List.of(Map.of("port", "<var.ports>", "cidr", "0.0.0.0/0")));
    }

    @Test
    void anInstanceForEachOfAnotherResourceRefersToIt() throws Exception {
        var tree = Evaluated.of(root, """
                resource "aws_subnet" "s" {
                  for_each = toset(["a"])
                }
                resource "x" "y" {
                  for_each = aws_subnet.s
                  subnet   = each.value.id
                }
                """);

        assertThat(tree.unknown("x.y[\"a\"]", "subnet").references())
                .containsExactly(new Reference("aws_subnet.s[\"a\"]", "id"));
    }

    @Test
    void blocksOfOneNameAreAListWithTheirPlaces() throws Exception {
        var tree = Evaluated.of(root, """
                resource "x" "y" {
                  name = "n"
                  rule {
                    port = 1
                  }
                  rule {
                    port = 2
                  }
                }
                """);

        var rules = (Value.Sequence) tree.value("x.y", "rule");

        assertThat(rules.items()).extracting(each -> each.position().line()).containsExactly(3, 6);
        assertThat(tree.position("x.y", "name").line()).isEqualTo(2);
        assertThat(tree.at("x.y").position().endLine()).isEqualTo(9);
    }
}
