package dev.stepzero.scan.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import dev.stepzero.scan.iac.ResourceReader;
import dev.stepzero.scan.terraform.plan.PlanReader;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws_s3_bucket.b[\"a\"].bucket",
                "\"${aws_s3_bucket.b[\"a\"].bucket}\"",
                "\"arn:aws:s3:::${aws_s3_bucket.b[\"a\"].bucket}/*\"",
                "format(\"%s-x\", aws_s3_bucket.b[\"a\"].bucket)",
                "coalesce(\"\", aws_s3_bucket.b[\"a\"].bucket)",
                "[for each in aws_s3_bucket.b : each.bucket if each.acl == \"a\"][0]",
                "var.on ? aws_s3_bucket.b[\"a\"].bucket : \"other\"",
                "local.name",
                "module.m.name"
            })
    void aKnownTextRemembersTheResourceThatItWasReadFrom(String expression) throws Exception {
        var resources = read(new TerraformReader(), "main.tf", """
                variable "on" { default = true }
                locals {
                  shared = "shared"
                  name   = aws_s3_bucket.b["a"].bucket
                }
                resource "aws_s3_bucket" "b" {
                  for_each = toset(["a", "b"])
                  bucket   = local.shared
                  acl      = each.key
                }
                module "m" {
                  source = "./m"
                  name   = aws_s3_bucket.b["a"].bucket
                }
                resource "aws_x" "x" {
                  name = %s
                }
                """.formatted(expression), "m/main.tf", """
                variable "name" { type = string }
                output "name" { value = var.name }
                """);

        assertThat(sources(resources, "aws_x.x")).containsExactly(new Reference("aws_s3_bucket.b[\"a\"]", "bucket"));
    }

    @Test
    void aTextThatOnlyReadsTheSameRemembersNothing() throws Exception {
        var resources = read(new TerraformReader(), "main.tf", """
                locals { shared = "shared" }
                resource "aws_s3_bucket" "b" { bucket = local.shared }
                resource "aws_y" "y" { name = aws_s3_bucket.b.bucket }
                resource "aws_x" "x" { name = local.shared }
                """, "README.md", "");

        assertThat(sources(resources, "aws_x.x")).isEmpty();
        assertThat(sources(resources, "aws_y.y")).hasSize(1);
    }

    @Test
    void aNameThatWasHandedOnRemembersAllThatHandedItOn() throws Exception {
        var resources = read(new TerraformReader(), "main.tf", """
                resource "aws_s3_bucket" "b" { bucket = "b" }
                resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.b.bucket }
                resource "aws_x" "x" { name = aws_s3_bucket_versioning.v.bucket }
                """, "README.md", "");

        assertThat(sources(resources, "aws_x.x"))
                .extracting(Reference::address)
                .containsExactlyInAnyOrder("aws_s3_bucket.b", "aws_s3_bucket_versioning.v");
    }

    @Test
    void aPlanSaysTheSameOfItsKnownTexts() throws Exception {
        var resources = read(new PlanReader(), "plan.json", """
                {"format_version": "1.2", "terraform_version": "1.11.0", "resource_changes": [
                  {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b",
                   "change": {"actions": ["create"], "after": {"bucket": "shared"}, "after_unknown": {}}},
                  {"address": "aws_x.x", "mode": "managed", "type": "aws_x", "name": "x",
                   "change": {"actions": ["create"], "after": {"name": "shared", "kind": "a"}, "after_unknown": {}}}],
                 "configuration": {"root_module": {"resources": [
                  {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b",
                   "expressions": {"bucket": {"constant_value": "shared"}}},
                  {"address": "aws_x.x", "mode": "managed", "type": "aws_x", "name": "x",
                   "expressions": {"name": {"references": ["aws_s3_bucket.b.bucket", "aws_s3_bucket.b"]},
                                   "kind": {"constant_value": "a"}}}]}}}
                """, "README.md", "");

        assertThat(sources(resources, "aws_x.x")).containsExactly(new Reference("aws_s3_bucket.b", "bucket"));
    }

    private Resources read(ResourceReader reader, String file, String text, String other, String otherText)
            throws Exception {
        return new ReadTree(root)
                .with(file, text)
                .with(other, otherText)
                .readBy(reader)
                .configurations()
                .getFirst()
                .resources();
    }

    private static Set<Reference> sources(Resources resources, String address) {
        var name = resources.at(address).orElseThrow().attributes().get("name");
        return resources.sources((Value.Text) name);
    }
}
