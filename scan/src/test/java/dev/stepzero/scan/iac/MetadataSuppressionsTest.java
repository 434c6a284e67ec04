package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
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

class MetadataSuppressionsTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Rulebook RULES =
            Rulebook.of(List.of(new RuleFile().read("test-open.yaml", """
                    id: test-open
                    title: Bucket is open
                    severity: high
                    stride: [information-disclosure]
                    why: Everybody reads it.
                    resources: [{kind: aws_s3_bucket, fails_if: resource.acl == "public-read", message: open}]
                    fix: Set acl to private.
                    aliases: [CKV_AWS_20, W35]
                    examples: {}
                    """).rule()));

    @TempDir
    Path tree;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"checkov\": {\"skip\": [{\"id\": \"CKV_AWS_20\", \"comment\": \"a web site\"}]}}",
                "{\"cfn_nag\": {\"rules_to_suppress\": [{\"id\": \"W35\", \"reason\": \"a web site\"}]}}",
                "{\"cdk_nag\": {\"rules_to_suppress\": [{\"id\": \"test-open\"}]}}",
                "{\"stepzero\": {\"ignore\": [\"test-open\"]}}",
                "{\"stepzero\": {\"ignore\": [{\"rule\": \"test-open\", \"until\": \"2026-11-21\"}]}}"
            })
    void whatAResourceAcceptsOfItselfIsAcceptedThereAndNowhereElse(String metadata) throws Exception {
        var report = scan("""
                {"Resources": {"A": {"Type": "AWS::S3::Bucket", "Metadata": %s, "Properties": {"AccessControl": "PublicRead"}}, \
                "B": {"Type": "AWS::S3::Bucket", "Properties": {"AccessControl": "PublicRead"}}}}
                """.formatted(metadata));

        assertThat(report.suppressed())
                .extracting(finding -> finding.location().resource())
                .containsExactly("A");
        assertThat(report.findings())
                .extracting(finding -> finding.location().resource())
                .containsExactly("B");
    }

    @Test
    void whatMatchesNothingOrHasExpiredIsReported() throws Exception {
        var report = scan("""
                {"Resources": {
                  "A": {"Type": "AWS::S3::Bucket", "Metadata": {"checkov": {"skip": [{"id": "CKV_AWS_20"}]}}},
                  "B": {"Type": "AWS::S3::Bucket",
                    "Metadata": {"stepzero": {"ignore": [{"rule": "test-open", "until": "2026-11-20"}]}},
                    "Properties": {"AccessControl": "PublicRead"}}}}
                """);

        assertThat(report.findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("stepzero-suppression-unused", "stepzero-suppression-expired", "test-open");
    }

    private ScanReport scan(String template) throws Exception {
        Files.writeString(tree.resolve("template.json"), template);
        return new InfrastructureScanner(() -> RULES, NOW).scan(new Subject.SourceTree("tree", tree));
    }
}
