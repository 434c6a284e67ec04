package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourcesTest {
    @TempDir
    Path root;

    @Test
    void whatADataSourceAnswersIsUnknownButThere() throws Exception {
        var tree = Evaluated.of(root, """
                data "aws_ami" "linux" { owners = ["amazon"] }
                resource "x" "y" {
                  ami    = data.aws_ami.linux.id
                  owners = data.aws_ami.linux.owners
                }
                """);

        assertThat(tree.unknown("x.y", "ami").chain()).isEqualTo("data.aws_ami.linux.id");
        assertThat(tree.unknown("x.y", "ami").references()).containsExactly(new Reference("data.aws_ami.linux", "id"));
        assertThat(tree.plain("x.y", "owners")).hasToString("[amazon]");
        assertThat(tree.ofKind("data.aws_ami")).containsExactly("data.aws_ami.linux");
    }

    @Test
    void aPolicyDocumentIsItsJson() throws Exception {
        var tree = Evaluated.of(root, """
                data "aws_iam_policy_document" "p" {
                  statement {
                    sid       = "Read"
                    actions   = ["s3:GetObject", "s3:ListBucket"]
                    resources = ["arn:aws:s3:::b/&{aws:username}"]
                    principals {
                      type        = "AWS"
                      identifiers = ["*"]
                    }
                    condition {
                      test     = "Bool"
                      variable = "aws:SecureTransport"
                      values   = ["true"]
                    }
                  }
                  statement {
                    effect      = "Deny"
                    not_actions = ["iam:*"]
                    resources   = ["*"]
                    principals {
                      type        = "*"
                      identifiers = ["*"]
                    }
                  }
                }
                resource "x" "y" { policy = jsondecode(data.aws_iam_policy_document.p.json) }
                """);

        assertThat(tree.plain("x.y", "policy"))
                .hasToString("{Statement=[{Action=[s3:GetObject, s3:ListBucket],"
                        + " Condition={Bool={aws:SecureTransport=true}}, Effect=Allow, Principal={AWS=*},"
                        + " Resource=arn:aws:s3:::b/${aws:username}, Sid=Read},"
                        + " {Effect=Deny, NotAction=iam:*, Principal=*, Resource=*}], Version=2012-10-17}");
    }

    @Test
    void aPolicyDocumentWithUnknownPartsKeepsItsStructure() throws Exception {
        var tree = Evaluated.of(root, """
                resource "aws_s3_bucket" "b" {}
                data "aws_iam_policy_document" "p" {
                  statement {
                    actions   = ["s3:*"]
                    resources = ["${aws_s3_bucket.b.arn}/*"]
                  }
                }
                resource "x" "y" { policy = data.aws_iam_policy_document.p.json }
                """);

        var policy = tree.unknown("x.y", "policy");

        assertThat(policy.notNull()).isTrue();
        assertThat(policy.references()).contains(new Reference("aws_s3_bucket.b", "arn"));
        var statements = (Value.Sequence) ((Value.Mapping) policy.encoded().orElseThrow()).get("Statement");
        var statement = (Value.Mapping) statements.items().getFirst().value();
        assertThat(ReadTree.plain(statement.get("Action"))).isEqualTo("s3:*");
        assertThat(statement.entry("Action").orElseThrow().position().line()).isEqualTo(4);
    }

    @Test
    void policyDocumentsMergeBySid() throws Exception {
        var tree = Evaluated.of(root, """
                data "aws_iam_policy_document" "base" {
                  statement {
                    sid       = "A"
                    actions   = ["s3:GetObject"]
                    resources = ["*"]
                  }
                  statement {
                    sid       = "B"
                    actions   = ["s3:PutObject"]
                    resources = ["*"]
                  }
                }
                data "aws_iam_policy_document" "p" {
                  source_policy_documents = [data.aws_iam_policy_document.base.json]
                  statement {
                    sid       = "A"
                    actions   = ["s3:*"]
                    resources = ["*"]
                  }
                }
                resource "x" "y" {
                  actions = jsondecode(data.aws_iam_policy_document.p.json).Statement[*].Action
                }
                """);

        assertThat(tree.plain("x.y", "actions")).hasToString("[s3:*, s3:PutObject]");
    }

    @Test
    void aDynamicStatementIsOneToo() throws Exception {
        var tree = Evaluated.of(root, """
                data "aws_iam_policy_document" "p" {
                  dynamic "statement" {
                    for_each = toset(["s3", "sqs"])
                    content {
                      actions   = ["${statement.value}:*"]
                      resources = ["*"]
                    }
                  }
                }
                resource "x" "y" {
                  actions = jsondecode(data.aws_iam_policy_document.p.json).Statement[*].Action
                }
                """);

        assertThat(tree.plain("x.y", "actions")).hasToString("[s3:*, sqs:*]");
    }

    @Test
    void aTemplateOfKnownVariablesIsFilledIn() throws Exception {
        var tree = Evaluated.of(root, """
                data "template_file" "t" {
                  template = "Hello $${name}"
                  vars     = { name = "you" }
                }
                resource "x" "y" { text = data.template_file.t.rendered }
                """);

        assertThat(tree.plain("x.y", "text")).isEqualTo("Hello you");
    }
}
