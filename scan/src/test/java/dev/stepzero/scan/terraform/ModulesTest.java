package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Reference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModulesTest {
    @TempDir
    Path root;

    private Evaluated tree() {
        return new Evaluated(root);
    }

    @Test
    void aCalledModuleIsNoRoot() throws Exception {
        var tree = tree().with("live/main.tf", "module \"net\" { source = \"../net\" }")
                .with("net/main.tf", "resource \"x\" \"y\" {}")
                .with("other/main.tf", "resource \"x\" \"z\" {}")
                .read();

        assertThat(tree.roots()).containsExactly("live", "other");
        assertThat(tree.ofKind("x")).containsExactly("module.net.x.y", "x.z");
    }

    @Test
    void argumentsGoInAndOutputsComeOut() throws Exception {
        var tree = tree().with("main.tf", """
                        module "net" {
                          source = "./net"
                          name   = "live"
                        }
                        resource "x" "user" {
                          name = module.net.name
                          id   = module.net.id
                        }
                        """).with("net/main.tf", """
                        variable "name" {}
                        resource "x" "y" { name = var.name }
                        output "name" { value = "${x.y.name}-net" }
                        output "id" { value = x.y.id }
                        """).read();

        assertThat(tree.plain("module.net.x.y", "name")).isEqualTo("live");
        assertThat(tree.plain("x.user", "name")).isEqualTo("live-net");
        assertThat(tree.unknown("x.user", "id").references()).containsExactly(new Reference("module.net.x.y", "id"));
    }

    @Test
    void modulesMayFeedEachOtherAsLongAsNoValueNeedsItself() throws Exception {
        var tree = tree().with("main.tf", """
                        module "a" {
                          source = "./m"
                          in     = module.b.fixed
                        }
                        module "b" {
                          source = "./m"
                          in     = module.a.fixed
                        }
                        """).with("m/main.tf", """
                        variable "in" {}
                        resource "x" "y" { v = var.in }
                        output "fixed" { value = "f" }
                        """).read();

        assertThat(tree.plain("module.a.x.y", "v")).isEqualTo("f");
        assertThat(tree.plain("module.b.x.y", "v")).isEqualTo("f");
        assertThat(tree.problems()).isEmpty();
    }

    @Test
    void aModuleMayBeCalledSeveralTimes() throws Exception {
        var tree = tree().with("main.tf", """
                        module "n" {
                          source   = "./m"
                          for_each = { a = 1, b = 2 }
                          in       = each.value
                        }
                        module "c" {
                          source = "./m"
                          count  = 2
                          in     = count.index
                        }
                        resource "x" "user" {
                          b   = module.n["b"].out
                          all = module.c[*].out
                          of  = { for k, m in module.n : k => m.out }
                        }
                        """).with("m/main.tf", """
                        variable "in" {}
                        resource "x" "y" {}
                        output "out" { value = var.in * 10 }
                        """).read();

        assertThat(tree.ofKind("x"))
                .contains("module.n[\"a\"].x.y", "module.n[\"b\"].x.y", "module.c[0].x.y", "module.c[1].x.y");
        assertThat(tree.plain("x.user", "b")).isEqualTo(20);
        assertThat(tree.plain("x.user", "all")).isEqualTo(List.of(0, 10));
        assertThat(tree.plain("x.user", "of")).hasToString("{a=10, b=20}");
    }

    @Test
    void aResourceKnowsTheCallsThatLeadToIt() throws Exception {
        var tree = tree().with("main.tf", "\nmodule \"outer\" { source = \"./outer\" }")
                .with("outer/main.tf", "module \"inner\" { source = \"../inner\" }")
                .with("inner/main.tf", "resource \"x\" \"y\" {}")
                .read();

        var calls = tree.at("module.outer.module.inner.x.y").origin().calls();

        assertThat(calls).extracting(Origin.Call::address).containsExactly("module.outer", "module.outer.module.inner");
        assertThat(calls.getFirst().position().file()).isEqualTo("main.tf");
        assertThat(calls.getFirst().position().line()).isEqualTo(2);
    }

    @Test
    void anUnknownValueSaysThroughWhatItCame() throws Exception {
        var tree = tree().with("main.tf", """
                        module "m" {
                          source = "./m"
                          in     = data.z.w.id
                        }
                        """)
                .with("m/main.tf", """
                        variable "in" {}
                        locals { v = var.in }
                        resource "x" "y" { v = local.v }
                        """)
                .with("data.tf", "data \"z\" \"w\" {}")
                .read();

        assertThat(tree.unknown("module.m.x.y", "v").chain()).isEqualTo("local.v <- var.in <- module.m <- data.z.w.id");
    }

    @Test
    void modulesThatTerraformDownloadedAreRead() throws Exception {
        var tree = tree().with("live/main.tf", """
                        module "vpc" {
                          source  = "terraform-aws-modules/vpc/aws"
                          version = "5.0.0"
                        }
                        """)
                .with("live/.terraform/modules/modules.json", """
                        {"Modules": [
                          {"Key": "", "Source": "", "Dir": "."},
                          {"Key": "vpc", "Source": "x", "Dir": ".terraform/modules/vpc"},
                          {"Key": "vpc.sub", "Source": "y", "Dir": ".terraform/modules/sub"}]}
                        """)
                .with("live/.terraform/modules/vpc/main.tf", """
                        module "sub" { source = "somewhere/else/aws" }
                        resource "x" "y" {}
                        """)
                .with("live/.terraform/modules/sub/main.tf", "resource \"x\" \"z\" {}")
                .with("live/.terraform/modules/vpc/examples/all/main.tf", "resource \"x\" \"example\" {}")
                .read();

        assertThat(tree.roots()).containsExactly("live");
        assertThat(tree.ofKind("x")).containsExactly("module.vpc.x.y", "module.vpc.module.sub.x.z");
        assertThat(tree.plain("module.vpc", "version")).isEqualTo("5.0.0");
    }

    @Test
    void aModuleThatIsNotOnDiskIsSaidToBeSkipped() throws Exception {
        var tree = Evaluated.of(root, """
                module "vpc" { source = "terraform-aws-modules/vpc/aws" }
                resource "x" "y" { v = module.vpc.id }
                """);

        assertThat(tree.skipped().get("main.tf")).contains("module vpc", "terraform init");
        assertThat(tree.unknown("x.y", "v").chain()).isEqualTo("module.vpc.id");
        assertThat(tree.unknown("x.y", "v").references()).containsExactly(new Reference("module.vpc", "id"));
    }

    @Test
    void ofAWellKnownModuleThatIsNotOnDiskTheBestKnownResourcesAreThere() throws Exception {
        var tree = Evaluated.of(root, """

                module "logs" {
                  source  = "terraform-aws-modules/s3-bucket/aws"
                  version = "4.1.0"
                  bucket  = "logs"
                  logging = { target_bucket = "all" }
                }
                module "old" {
                  source  = "registry.terraform.io/terraform-aws-modules/s3-bucket/aws"
                  version = "3.7.0"
                }
                resource "x" "y" { bucket = module.logs.s3_bucket_id }
                """);

        var bucket = tree.at("module.logs.aws_s3_bucket.this[0]");
        var block = "aws_s3_bucket_public_access_block.this[0]";
        assertThat(tree.plain("module.logs.aws_s3_bucket.this[0]", "bucket")).isEqualTo("logs");
        assertThat(tree.plain("module.logs.aws_s3_bucket_logging.this[0]", "target_bucket"))
                .isEqualTo("all");
        assertThat(tree.plain("module.logs." + block, "block_public_acls")).isEqualTo(true);
        assertThat(tree.plain("module.old." + block, "block_public_acls")).isEqualTo(false);
        assertThat(bucket.position().file()).isEqualTo("main.tf");
        assertThat(bucket.position().line()).isEqualTo(2);
        assertThat(tree.unknown("x.y", "bucket").references())
                .containsExactly(new Reference("module.logs.aws_s3_bucket.this[0]", "id"));
        assertThat(tree.ofKind("variable")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alb", "autoscaling", "ec2-instance", "elb", "rds", "s3-bucket", "security-group", "sqs", "vpc"})
    void anOutlineOfAModuleCanBeReadWithoutArguments(String name) throws Exception {
        var tree = Evaluated.of(root, "module \"m\" { source = \"terraform-aws-modules/%s/aws\" }".formatted(name));

        assertThat(tree.problems()).isEmpty();
        assertThat(tree.skipped().get("main.tf")).contains("best-known resources");
    }

    @Test
    void aMissingModuleIsAProblem() throws Exception {
        var tree = Evaluated.of(root, """
                module "m" { source = "./nowhere" }
                resource "x" "y" { v = module.m.id }
                """);

        assertThat(tree.problems()).singleElement().asString().contains("main.tf:1", "no module in \"./nowhere\"");
        assertThat(tree.unknown("x.y", "v").chain()).isEqualTo("module.m.id");
    }

    @Test
    void aSourceCannotLeadOutOfTheTree() throws Exception {
        var tree = Evaluated.of(root, """
                module "up" { source = "../../etc" }
                module "absolute" { source = "/etc" }
                """);

        assertThat(tree.problems()).hasSize(2).allMatch(each -> each.contains("leads out of the tree"));
    }

    @Test
    void aModuleThatCallsItselfIsAProblem() throws Exception {
        var tree = tree().with("a/main.tf", "module \"b\" { source = \"../b\" }\nresource \"x\" \"y\" {}")
                .with("b/main.tf", "module \"a\" { source = \"../a\" }\nresource \"x\" \"z\" {}")
                .read();

        assertThat(tree.problems()).singleElement().asString().contains("calls itself");
        assertThat(tree.ofKind("x")).containsExactly("x.y", "module.b.x.z");
    }

    @Test
    void theProvidersVersionIsTheLeastThatIsDemanded() throws Exception {
        var tree = tree().with("main.tf", """
                        terraform {
                          required_providers {
                            aws = {
                              source  = "hashicorp/aws"
                              version = ">= 3.2, < 5.0"
                            }
                            google = "~> 4.1"
                          }
                        }
                        module "m" { source = "./m" }
                        resource "google_storage_bucket" "b" {}
                        """)
                .with("m/main.tf", "resource \"aws_s3_bucket\" \"b\" {}")
                .read();

        assertThat(tree.at("module.m.aws_s3_bucket.b").origin().providerVersion())
                .contains("3.2");
        assertThat(tree.at("google_storage_bucket.b").origin().providerVersion())
                .contains("4.1");
    }

    @Test
    void theLockFileSaysTheVersionExactly() throws Exception {
        var tree = tree().with("main.tf", "resource \"aws_s3_bucket\" \"b\" {}")
                .with(".terraform.lock.hcl", """
                        provider "registry.terraform.io/hashicorp/aws" {
                          version = "5.31.0"
                        }
                        """)
                .read();

        assertThat(tree.at("aws_s3_bucket.b").origin().providerVersion()).contains("5.31.0");
    }

    @Test
    void providersSettingsAndCallsAreThereForRulesToLookAt() throws Exception {
        var tree = tree().with("main.tf", """
                        terraform {
                          backend "s3" {
                            encrypt = false
                          }
                        }
                        provider "aws" {
                          access_key = "key"
                        }
                        provider "aws" {
                          alias  = "west"
                          region = "us-west-2"
                        }
                        module "m" {
                          source    = "git::https://example.org/m.git"
                          providers = { aws = aws.west }
                        }
                        """).read();

        assertThat(tree.plain("terraform", "backend")).hasToString("[{encrypt=false, type=s3}]");
        assertThat(tree.ofKind("provider.aws")).containsExactly("provider.aws", "provider.aws.west");
        assertThat(tree.at("module.m").attributes().entries()).containsOnlyKeys("source");
    }
}
