package dev.stepzero.cli;

import dev.stepzero.ship.project.ProjectShape;
import dev.stepzero.ship.yaml.JsonSchema;
import dev.stepzero.ship.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Touches what most commands need, while the launcher records the AOT cache; of no use to people. */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Runnable {
    private final Terminal terminal;
    private final Clock clock;

    RehearseCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void run() {
        var commands = new CommandLine(new StepzeroCommand(), new Commands(terminal, clock));
        commands.usage(terminal.out());
        commands.getSubcommands().values().forEach(command -> command.usage(terminal.out()));
        YamlFile.read("stepzero.yaml", "app: rehearsal", ProjectShape.shape());
        terminal.out().print(JsonSchema.print(ProjectShape.shape(), "rehearsal"));
        dev.stepzero.ship.Rehearsal.run(clock);
        scan(commands);
    }

    /** Scans a few resources, so that readers, rules and reports start as fast as the rest. */
    private static void scan(CommandLine commands) {
        try {
            var directory = Files.createTempDirectory("stepzero-rehearsal");
            var file = directory.resolve("main.tf");
            Files.writeString(file, """
                    terraform {
                      required_providers { aws = { source = "hashicorp/aws", version = "~> 5.0" } }
                    }
                    provider "aws" { region = "eu-west-1" }
                    variable "name" { default = "a" }
                    variable "rules" {
                      type    = list(object({ port = number, open = optional(bool, false) }))
                      default = [{ port = 22 }]
                    }
                    variable "unknown" { type = string }
                    data "aws_iam_policy_document" "d" {
                      statement {
                        actions   = ["s3:GetObject"]
                        resources = ["${aws_s3_bucket.b["a"].arn}/*"]
                        principals {
                          type        = "AWS"
                          identifiers = ["*"]
                        }
                        condition {
                          test     = "StringEquals"
                          variable = "aws:SourceArn"
                          values   = [var.unknown]
                        }
                      }
                    }
                    resource "aws_iam_role" "r" {
                      count              = length(var.rules) > 0 ? 1 : 0
                      assume_role_policy = data.aws_iam_policy_document.d.json
                    }
                    resource "aws_db_instance" "d" {
                      engine   = "postgres"
                      username = var.unknown
                    }
                    resource "aws_kms_key" "k" {}
                    output "o" { value = [for r in aws_iam_role.r : r.arn] }
                    locals { names = { for n in ["a", "b"] : n => upper("${var.name}-${n}") } }
                    resource "aws_s3_bucket" "b" {
                      for_each = local.names
                      bucket   = format("%s-x", each.value)
                      tags     = merge({ a = 1 }, { b = "x" })
                    }
                    resource "aws_s3_bucket_policy" "b" {
                      bucket = aws_s3_bucket.b["a"].id
                      policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }] })
                    }
                    resource "aws_security_group" "g" {
                      dynamic "ingress" {
                        for_each = [22]
                        content {
                          from_port   = ingress.value
                          to_port     = ingress.value
                          protocol    = "tcp"
                          cidr_blocks = [cidrsubnet("0.0.0.0/0", 0, 0)]
                        }
                      }
                    }
                    """);
            commands.execute("scan", directory.toString());
            commands.execute("scan", directory.toString(), "--format", "json", "--quiet");
            Files.delete(file);
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
