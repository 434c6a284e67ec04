package dev.stepzero.cli;

import dev.stepzero.ship.Verified;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.evidence.Passport;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A passport for people. */
final class PassportText {
    private final Terminal terminal;

    PassportText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Verified release) {
        var passport = release.passport();
        terminal.out().printf("%nverified: %s%n%n", passport.image());
        row("commit", "%s of %s".formatted(passport.commit(), passport.source()));
        row("author", passport.author());
        rows(
                "approval",
                passport.approvals().stream().map(PassportText::approval).toList(),
                "nobody");
        row("build", "%s, by %s in run %s".formatted(passport.builtOn(), passport.builder(), passport.run()));
        passport.rebuilt()
                .ifPresent(each -> row(
                        "rebuilt",
                        "for %s; on lock %.19s, in the place of image %.19s"
                                .formatted(each.mends(), each.lock(), each.replaces())));
        row("base", base(passport.base()));
        row("tests", tests(passport.tests()));
        rows("scans", passport.scans().stream().map(PassportText::scan).toList(), "none");
        verdict(passport.verdict());
        row("sbom", passport.components() == 0 ? "none" : passport.components() + " components");
        rows("signed by", passport.keys(), "nobody");
        rows(
                "evidence",
                passport.evidence().stream()
                        .map(each -> "%s, about %.22s".formatted(each.predicateType(), each.subject()))
                        .toList(),
                "none");
        rows(
                "deployed",
                release.deployments().isEmpty()
                        ? passport.deployed().stream()
                                .map(PassportText::deployed)
                                .toList()
                        : release.deployments().stream()
                                .map(PassportText::deployment)
                                .toList(),
                "not known here");
        terminal.out().flush();
    }

    private void verdict(Passport.Verdict verdict) {
        row(
                "gate",
                "%s on %s (%s)"
                        .formatted(
                                verdict.decision(),
                                verdict.at().truncatedTo(ChronoUnit.SECONDS),
                                String.join(", ", verdict.levels())));
        rows("open", verdict.open(), "no finding");
        rows("waived", verdict.waived(), "no finding");
    }

    private static String approval(Passport.Approval each) {
        var who = switch (each.independent()) {
            case "yes" -> "not the author";
            case "no" -> "the author";
            case "bypassed" -> "no review, in an emergency";
            default -> "whether the author is not known";
        };
        return "%s for %s on %s: %s (%s)".formatted(each.approver(), each.environment(), each.at(), each.reason(), who);
    }

    private static String base(List<String> packages) {
        return packages.isEmpty()
                ? "the libraries of the machine that built it"
                : packages.size() + " Debian packages: " + String.join(", ", packages);
    }

    private static String tests(Passport.Tests tests) {
        return "%s, %d tests, %d skipped".formatted(tests.result(), tests.tests(), tests.skipped());
    }

    private static String scan(Passport.Scan scan) {
        var found = scan.findings().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey())
                .toList();
        return "%s: %s by %s"
                .formatted(
                        scan.subject().startsWith("gitCommit:") ? "sources" : "image",
                        found.isEmpty() ? "no finding" : String.join(", ", found),
                        scan.scanners().isEmpty() ? "no scanner" : String.join(", ", scan.scanners()));
    }

    private static String deployed(Passport.Deployed each) {
        return "%s (%s) by %s on %s, %s"
                .formatted(
                        each.environment(),
                        each.target(),
                        each.kind(),
                        each.at().truncatedTo(ChronoUnit.SECONDS),
                        each.address());
    }

    private static String deployment(Deployment each) {
        return "%s (%s) since %s, %s %s"
                .formatted(
                        each.environment(),
                        each.target(),
                        each.startedAt().truncatedTo(ChronoUnit.SECONDS),
                        each.status(),
                        each.address());
    }

    private void rows(String label, List<String> values, String none) {
        if (values.isEmpty()) {
            row(label, none);
            return;
        }
        row(label, values.getFirst());
        values.stream().skip(1).forEach(value -> row("", value));
    }

    /** Whoever signed it, what is printed must not steer the terminal. */
    private void row(String label, String value) {
        terminal.out().printf("  %-12s %s%n", label, value.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}]", "?"));
    }
}
