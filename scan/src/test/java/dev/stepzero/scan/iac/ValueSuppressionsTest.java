package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSuppressionsTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Rulebook RULES = Rulebook.of(List.of(
            rule("test-open", "aws_security_group", "each: rule in resource.ingress", "internet(rule)", "CKV_1"),
            rule("test-disk", "aws_ebs_volume", "at: encrypted", "resource.encrypted != true", "CKV_2")));

    @TempDir
    Path tree;

    private static dev.stepzero.rules.Rule rule(String id, String kind, String more, String condition, String alias) {
        return new RuleFile()
                .read(id + ".yaml", """
                        id: %s
                        title: Something is wrong
                        severity: high
                        stride: [information-disclosure]
                        why: Everybody reads it.
                        resources:
                          - kind: %s
                            %s
                            fails_if: %s
                            message: wrong
                        fix: Mend it.
                        aliases: [%s]
                        examples: {}
                        """.formatted(id, kind, more, condition, alias))
                .rule();
    }

    @BeforeEach
    void aModuleThatTakesItsValuesFromOutside() throws Exception {
        write("main.tf", """
                variable "cidrs" { type = list(string) }
                variable "others" {
                  type    = list(string)
                  default = []
                }
                variable "encrypted" { type = bool }
                variable "disks" {
                  type    = map(object({ size = number, encrypted = bool }))
                  default = {}
                }
                module "net" {
                  source = "./net"
                  cidrs  = concat(var.cidrs, var.others)
                }
                resource "aws_ebs_volume" "single" {
                  encrypted = var.encrypted ? true : false
                }
                resource "aws_ebs_volume" "each" {
                  for_each  = var.disks
                  size      = each.value.size
                  encrypted = each.value.encrypted
                }
                """);
        write("net/main.tf", """
                variable "cidrs" { type = list(string) }
                resource "aws_security_group" "a" {
                  ingress {
                    from_port   = 22
                    to_port     = 22
                    protocol    = "tcp"
                    cidr_blocks = var.cidrs
                  }
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# stepzero:ignore test-open the office is everywhere",
                "# tfsec:ignore:ckv_1",
                "# trivy:ignore:test-open",
                "# checkov:skip=CKV_1:wanted",
                "# kics-scan ignore-line",
                "// kics-scan ignore-block",
                "# stepzero:ignore CKV_1 until=2026-11-21"
            })
    void aCommentAtAValueAcceptsWhatTheValueBringsAboutHoweverFarAway(String comment) throws Exception {
        write("terraform.tfvars", comment + """

                cidrs     = ["0.0.0.0/0"]
                encrypted = true
                """);

        assertThat(scan().findings()).isEmpty();
        assertThat(scan().suppressed()).extracting(Finding::rule).containsExactly("test-open");
    }

    @Test
    void itAcceptsTruthValuesAsWell() throws Exception {
        write("prod.auto.tfvars", """
                cidrs     = ["10.0.0.0/8"]
                encrypted = false # stepzero:ignore test-disk scratch space
                """);

        assertThat(scan().findings()).isEmpty();
        assertThat(scan().suppressed()).hasSize(1);
    }

    @Test
    void itAcceptsNothingThatComesFromElsewhere() throws Exception {
        write("terraform.tfvars", """
                # stepzero:ignore test-open
                cidrs     = ["0.0.0.0/0"]
                others    = ["::/0"]
                encrypted = true
                """);

        assertThat(scan().findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("test-open", "stepzero-suppression-unused");
    }

    @Test
    void twoValuesThatAreBadTogetherAreAcceptedTogether() throws Exception {
        write("terraform.tfvars", """
                # stepzero:ignore test-open
                cidrs     = ["0.0.0.0/0"]
                others    = ["::/0"] # stepzero:ignore test-open
                encrypted = true
                """);

        assertThat(scan().findings()).isEmpty();
    }

    @Test
    void itSpeaksOfTheEntryThatItStandsAtAlone() throws Exception {
        write("terraform.tfvars", """
                cidrs     = []
                encrypted = true
                disks = {
                  good = { size = 1, encrypted = true }
                  # stepzero:ignore test-disk scratch space
                  scratch = { size = 1, encrypted = false }
                  data = {
                    size      = 1
                    encrypted = false
                  }
                }
                """);

        assertThat(scan().findings())
                .extracting(finding -> finding.location().resource())
                .containsExactly("aws_ebs_volume.each[\"data\"]");
        assertThat(scan().suppressed())
                .extracting(finding -> finding.location().resource())
                .containsExactly("aws_ebs_volume.each[\"scratch\"]");
    }

    @Test
    void aCommentAtAValueThatAnotherFileOverrulesAcceptsNothing() throws Exception {
        write("terraform.tfvars", """
                cidrs     = ["10.0.0.0/8"]
                encrypted = false # stepzero:ignore test-disk
                """);
        write("z.auto.tfvars", "encrypted = false\n");

        assertThat(scan().findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("test-disk", "stepzero-suppression-unused");
    }

    @Test
    void oneThatHasExpiredAcceptsNothingAndOneThatMatchesNothingIsReported() throws Exception {
        write("terraform.tfvars", """
                cidrs     = ["0.0.0.0/0"] # stepzero:ignore test-open until=2026-11-20
                encrypted = true # stepzero:ignore test-disk
                """);

        assertThat(scan().findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("test-open", "stepzero-suppression-expired", "stepzero-suppression-unused");
    }

    @Test
    void itCountsInAFileThatTheCommandNamesToo() throws Exception {
        write("env/prod.tfvars", """
                # stepzero:ignore test-open
                cidrs     = ["0.0.0.0/0"]
                encrypted = true
                """);
        var scanner = new InfrastructureScanner(() -> RULES, NOW)
                .with(new ScanOptions(List.of(), List.of(tree.resolve("env/prod.tfvars"))));

        var report = scanner.scan(new Subject.SourceTree("tree", tree));

        assertThat(report.findings()).isEmpty();
        assertThat(report.suppressed()).hasSize(1);
    }

    @Test
    void aCommentAtALocalValueAcceptsWhatIsFoundThere() throws Exception {
        write("terraform.tfvars", "cidrs = []\nencrypted = true\n");
        write("rules.tf", """
                locals {
                  rules = [
                    # stepzero:ignore test-open
                    { from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] },
                  ]
                }
                """);
        write("group.tf", """
                resource "aws_security_group" "b" {
                  ingress = local.rules
                }
                """);

        assertThat(scan().findings()).isEmpty();
        assertThat(scan().suppressed()).hasSize(1);
    }

    @Test
    void manyCommentsEndInTime() throws Exception {
        var values = new StringBuilder("cidrs = []\nencrypted = true\ndisks = {\n");
        for (int i = 0; i < 300; i++) {
            values.append("d%d = { size = 1, encrypted = false } # stepzero:ignore test-disk\n".formatted(i));
        }
        write("terraform.tfvars", values + "}\n");

        assertThat(scan().findings()).isEmpty();
        assertThat(scan().suppressed()).hasSize(300);
    }

    private ScanReport scan() throws Exception {
        Scanner scanner = new InfrastructureScanner(() -> RULES, NOW);
        return scanner.scan(new Subject.SourceTree("tree", tree));
    }

    private void write(String file, String text) throws Exception {
        var path = tree.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
