package dev.stepzero.govern.triage;

import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.govern.gate.Waivers;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.govern.report.Judged;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings with what became of them, and what follows.
 *
 * @param undecided what could not be decided and is not too mild to matter
 * @param decision whether it blocks
 * @param reasons why, one sentence each
 */
public record Triage(List<Judged> findings, List<Undecided> undecided, Decision decision, List<String> reasons) {
    public Triage {
        findings = List.copyOf(findings);
        undecided = List.copyOf(undecided);
        reasons = List.copyOf(reasons);
    }

    /**
     * Judges a report.
     *
     * @param clock says which day it is, in its own time zone
     */
    public static Triage of(ScanReport report, Terms terms, Clock clock) {
        var written = terms.waivers().stream().map(WrittenWaiver::waiver).toList();
        var today = LocalDate.now(clock);
        var waivers = new Waivers(written, today);
        var judged = new ArrayList<Judged>();
        var needy = new ArrayList<Finding>();
        for (var finding : report.findings()) {
            var waiver = waivers.accepting(finding);
            if (waiver.isEmpty()) {
                needy.add(finding);
            }
            judged.add(waiver.map(each -> Judged.waived(finding, each)).orElseGet(() -> fresh(finding, terms)));
        }
        report.suppressed().forEach(finding -> judged.add(Judged.suppressed(finding)));
        var own = new WaiverFindings(terms.waivers());
        var accountable =
                terms.accountable().stream().map(WrittenWaiver::waiver).toList();
        new Waivers(accountable, today)
                .idle(judged.stream().map(Judged::finding).toList())
                .forEach(waiver -> judged.add(fresh(own.unused(waiver), terms)));
        judged.removeIf(each -> !each.finding().severity().atLeast(terms.mildest()));
        var overdue = waivers.overdue(needy);
        overdue.forEach(waiver -> judged.add(Judged.open(own.expired(waiver))));
        return new Judgement(terms, clock).of(judged, undecided(report, terms), overdue);
    }

    private static Judged fresh(Finding finding, Terms terms) {
        return terms.baseline().fingerprints().contains(finding.fingerprint())
                ? Judged.known(finding)
                : Judged.open(finding);
    }

    private static List<Undecided> undecided(ScanReport report, Terms terms) {
        return report.undecided().stream()
                .filter(each -> each.severity().atLeast(terms.mildest()))
                .toList();
    }

    /** Whether a finding may become part of a baseline: a waiver that ended is never old news. */
    public static boolean mayBeKnown(Finding finding) {
        return !finding.rule().equals(WaiverFindings.EXPIRED);
    }
}
