package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfrastructureScannerTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Rulebook RULES =
            Rulebook.of(List.of(new RuleFile().read("aws-bucket-open.yaml", """
                    id: aws-bucket-open
                    title: Bucket is open
                    severity: high
                    stride: [information-disclosure]
                    why: Everybody reads it.
                    resources: [{kind: aws_s3_bucket, fails_if: resource.acl == "public-read", message: "acl is {resource.acl}"}]
                    fix: Set acl to private.
                    aliases: [CKV_AWS_20, AVD-AWS-0092]
                    examples: {}
                    """).rule()));

    @TempDir
    Path tree;

    @Test
    void aFindingPointsAtTheAttribute() throws Exception {
        write("main.tf", """
                resource "aws_s3_bucket" "b" {
                  bucket = "b"
                  acl    = "public-read"
                }
                """);

        assertThat(scan().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.location().file()).contains("main.tf");
            assertThat(finding.location().startLine()).isEqualTo(3);
            assertThat(finding.message()).isEqualTo("acl is public-read");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# stepzero:ignore aws-bucket-open it is a website",
                "# tfsec:ignore:avd-aws-0092",
                "# tfsec:ignore:AVD-AWS-0092:exp:2027-01-01",
                "#trivy:ignore:AVD-AWS-0092",
                "# trivy:ignore:*",
                "# checkov:skip=CKV_AWS_20:it is a website",
                "# kics-scan ignore-block",
                "// stepzero:ignore CKV_AWS_20 until=2026-11-21",
            })
    void aCommentAboveTheResourceAcceptsTheFinding(String comment) throws Exception {
        write("main.tf", comment + """

                resource "aws_s3_bucket" "b" {
                  acl = "public-read"
                }
                """);

        assertThat(scan().findings()).isEmpty();
        assertThat(scan().suppressed()).hasSize(1);
    }

    @Test
    void aCommentAtTheLineOrInTheBlockOrAtTheModuleCallCountsToo() throws Exception {
        write("main.tf", """
                resource "aws_s3_bucket" "line" {
                  acl = "public-read" # stepzero:ignore aws-bucket-open
                }
                resource "aws_s3_bucket" "block" {
                  # checkov:skip=CKV_AWS_20: wanted
                  bucket = "x"
                  acl    = "public-read"
                }
                # stepzero:ignore aws-bucket-open
                module "m" {
                  source = "./m"
                }
                """);
        write("m/main.tf", """
                resource "aws_s3_bucket" "inside" {
                  acl = "public-read"
                }
                """);

        assertThat(scan().findings()).isEmpty();
        assertThat(scan().suppressed()).hasSize(3);
    }

    @Test
    void anExpiredCommentAcceptsNothingAndIsAFindingItself() throws Exception {
        write("main.tf", """
                # stepzero:ignore aws-bucket-open until=2026-11-20
                resource "aws_s3_bucket" "b" {
                  acl = "public-read"
                }
                """);

        assertThat(scan().findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("stepzero-suppression-expired", "aws-bucket-open");
    }

    @Test
    void aCommentThatAcceptsNothingIsReported() throws Exception {
        write("main.tf", """
                # checkov:skip=CKV_AWS_20: long gone
                resource "aws_s3_bucket" "b" {
                  acl = "private"
                }
                # checkov:skip=CKV_OTHER_1: not ours
                resource "aws_s3_bucket" "c" {}
                """);

        var report = scan();

        assertThat(report.findings()).extracting(Finding::rule).containsExactly("stepzero-suppression-unused");
        assertThat(report.coverage().skipped())
                .anySatisfy(each -> assertThat(each.reason()).contains("CKV_OTHER_1"));
    }

    @Test
    void oneBrokenFileIsAFindingAndTheRestIsScanned() throws Exception {
        write("broken.tf", "resource \"aws_s3_bucket\" {{{\n");
        write("other/main.tf", "resource \"aws_s3_bucket\" \"b\" {\n  acl = \"public-read\"\n}\n");
        Files.write(tree.resolve("binary.tf"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        write("bomb.yaml", "a: &a [x,x]\nb: &b [*a,*a]\n" + "apiVersion: v1\nkind: Pod\n");

        var report = scan();

        assertThat(report.findings()).extracting(Finding::rule).contains("aws-bucket-open");
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().equals("stepzero-file-not-understood"))
                .extracting(finding -> finding.location().file().orElse(""))
                .contains("broken.tf", "binary.tf");
    }

    @Test
    void linksAreNotFollowedAndAreNamed() throws Exception {
        Files.createSymbolicLink(tree.resolve("loop"), tree);
        Files.createSymbolicLink(tree.resolve("passwd.tf"), Path.of("/etc/passwd"));

        var report = scan();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped()).extracting(each -> each.path()).contains("loop", "passwd.tf");
    }

    @Test
    void packagesOfOthersAreLeftOutAndNamed() throws Exception {
        write("node_modules/x/main.tf", "resource \"aws_s3_bucket\" \"b\" {\n  acl = \"public-read\"\n}\n");

        var report = scan();

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped()).extracting(each -> each.path()).containsExactly("node_modules");
    }

    @Test
    void anUnknownValueIsUndecidedAndSaysWhatWouldDecide() throws Exception {
        write("main.tf", """
                variable "acl" {}
                resource "aws_s3_bucket" "b" {
                  acl = var.acl
                }
                """);

        var report = scan();

        assertThat(report.findings()).isEmpty();
        assertThat(report.undecided())
                .singleElement()
                .satisfies(each -> assertThat(String.join(" ", each.because())).contains("var.acl"));
    }

    @Test
    void aPathThatIsNotThereIsAClearError() {
        assertThatThrownBy(() -> new InfrastructureScanner(() -> RULES, NOW)
                        .scan(new Subject.SourceTree("x", tree.resolve("nowhere"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no such file");
    }

    private ScanReport scan() throws InterruptedException {
        return new InfrastructureScanner(() -> RULES, NOW).scan(new Subject.SourceTree("tree", tree));
    }

    private void write(String path, String text) throws Exception {
        var file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aHundredThousandCommentsInARowAreReadInOneGo() throws Exception {
        write("main.tf", "# stepzero:ignore aws-bucket-open\n".repeat(100_000) + """
                resource "aws_s3_bucket" "b" {
                  acl = "public-read"
                }
                """);

        assertThat(scan().suppressed()).hasSize(1);
    }
}
