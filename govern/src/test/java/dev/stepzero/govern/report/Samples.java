package dev.stepzero.govern.report;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.core.Waiver;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small project with a finding of every kind. */
final class Samples {
    static final String NETWORK = """
            # The network of the shop
            variable "office" { default = "198.51.100.0/24" }

            resource "aws_security_group" "web" {
              name = "web"
            \tingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;
    static final String DATABASE = """
            resource "aws_db_instance" "orders" {
              engine              = "postgres"
              publicly_accessible = true
              storage_encrypted   = false
            }
            """;

    private Samples() {}

    static Finding openPort() {
        return new Finding(
                "aws-security-group-ingress-admin-open",
                List.of("AVD-AWS-0107", "CKV_AWS_24"),
                "Security group lets the whole internet reach an administration port",
                Severity.CRITICAL,
                new Location("module.net.aws_security_group.web[\"a\"]", "modules/net/main.tf", 10, 10),
                "Ports 22 are open to 0.0.0.0/0",
                "Name the networks that administrators come from in cidr_blocks, or use Session Manager and open no port.",
                List.of("cis-aws-3.0:5.2", "nist-800-53-r5:AC-4"),
                List.of(284),
                Set.of(Stride.SPOOFING, Stride.ELEVATION_OF_PRIVILEGE),
                List.of(new Location("module.net", "main.tf", 3, 6)),
                "0123456789abcdef0123456789abcdef");
    }

    static Finding plainDisk() {
        return finding("aws-rds-storage-unencrypted", Severity.HIGH, "aws_db_instance.orders", "main.tf", 4);
    }

    static Finding publicDatabase() {
        return finding("aws-rds-public", Severity.HIGH, "aws_db_instance.orders", "main.tf", 3);
    }

    static Finding noBackup() {
        return finding("aws-rds-backup-short", Severity.MEDIUM, "aws_db_instance.orders", "main.tf", 1);
    }

    static Finding withoutFile() {
        return new Finding(
                "aws-account-no-trail",
                List.of(),
                "Nothing records what is done in the account",
                Severity.LOW,
                Location.of("account"),
                "No aws_cloudtrail is configured",
                "Add an aws_cloudtrail that covers all regions.",
                List.of(),
                List.of(),
                Set.of(Stride.REPUDIATION),
                List.of(),
                "ffffffffffffffffffffffffffffffff");
    }

    static Finding finding(String rule, Severity severity, String resource, String file, int line) {
        return new Finding(
                rule,
                List.of(),
                "Database is not as it should be",
                severity,
                new Location(resource, file, line, line),
                "What was found of " + rule,
                "Mend the attribute.",
                List.of(),
                List.of(),
                Set.of(Stride.INFORMATION_DISCLOSURE),
                List.of(),
                Finding.fingerprint(rule, resource, ""));
    }

    static ScanResult shop() {
        var waiver = new Waiver(
                "aws-rds-public", "aws_db_instance.*", "ana@example.org", "moves in March", LocalDate.of(2027, 3, 31));
        return result(
                List.of(
                        Judged.open(openPort()),
                        Judged.open(plainDisk()),
                        Judged.waived(publicDatabase(), waiver),
                        Judged.known(noBackup()),
                        Judged.open(withoutFile())),
                List.of(new Undecided(
                        "aws-s3-public-acl",
                        "Bucket is open to everybody",
                        Severity.HIGH,
                        new Location("aws_s3_bucket.files", "main.tf", 1, 1),
                        List.of("var.acl <- module.files <- data.external.settings"))),
                new Coverage(12, 11, 40, List.of(new Coverage.Skipped("link.tf", "a link"))));
    }

    static ScanResult nothing() {
        return result(List.of(), List.of(), new Coverage(3, 3, 7, List.of()));
    }

    /** Of which some was left out. */
    static ScanResult without(List<Coverage.Skipped> skipped) {
        return result(List.of(), List.of(), new Coverage(30, 3, 7, skipped));
    }

    static ScanResult of(Finding... findings) {
        return result(java.util.Arrays.stream(findings).map(Judged::open).toList(), List.of(), Coverage.NONE);
    }

    private static ScanResult result(List<Judged> findings, List<Undecided> undecided, Coverage coverage) {
        return new ScanResult(
                "shop",
                findings,
                undecided,
                coverage,
                findings.isEmpty() ? Decision.PASS : Decision.BLOCK,
                findings.isEmpty()
                        ? List.of()
                        : List.of("1 critical finding blocks: aws-security-group-ingress-admin-open"),
                210,
                lines(Map.of("modules/net/main.tf", NETWORK, "main.tf", DATABASE)),
                rule -> rule.equals("aws-security-group-ingress-admin-open")
                        ? Optional.of("Whoever finds the port can try passwords, stolen keys and the next hole in the"
                                + " service behind it; scanners find it within minutes.")
                        : Optional.empty(),
                "infra/");
    }

    /** A finding whose every text is the given one. */
    static Finding hostile(String text) {
        return new Finding(
                text,
                List.of(text),
                text,
                Severity.HIGH,
                new Location(text, text, 1, 1),
                text,
                text,
                List.of(text),
                List.of(79),
                Set.of(Stride.TAMPERING),
                List.of(new Location(text, text, 1, 2)),
                text);
    }

    static SourceLines lines(Map<String, String> files) {
        return (path, from, to) -> {
            var lines = files.getOrDefault(path, "").lines().toList();
            return lines.subList(Math.min(lines.size(), from - 1), Math.min(lines.size(), to));
        };
    }

    static String written(ReportFormat format, ScanResult result, Screen screen) {
        var out = new StringWriter();
        try {
            format.write(result, screen, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    static String written(ReportFormat format, ScanResult result) {
        return written(format, result, Screen.PLAIN);
    }
}
