package dev.stepzero.ship.steps;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Lets every scanner that has something to say look at a subject. */
public final class ScanStep implements Step {
    private final String name;
    private final Set<Slot<?>> needs;
    private final Slot<Handover.Analysis> findingsSlot;
    private final Function<StepContext, Subject> subject;
    private final Function<StepContext, String> digest;
    private final List<Scanner> scanners;
    private final Clock clock;

    private ScanStep(
            String name,
            Set<Slot<?>> needs,
            Slot<Handover.Analysis> findingsSlot,
            Function<StepContext, Subject> subject,
            Function<StepContext, String> digest,
            List<Scanner> scanners,
            Clock clock) {
        this.name = name;
        this.needs = Set.copyOf(needs);
        this.findingsSlot = findingsSlot;
        this.subject = subject;
        this.digest = digest;
        this.scanners = List.copyOf(scanners);
        this.clock = clock;
    }

    /** Looks at the commit's files. */
    public static ScanStep ofSources(String project, List<Scanner> scanners, Clock clock) {
        return new ScanStep(
                "scan-source",
                Set.of(Handover.SOURCES),
                Handover.SOURCE_FINDINGS,
                context -> new Subject.SourceTree(
                        project,
                        java.nio.file.Path.of(context.get(Handover.SOURCES).directory())),
                context -> "gitCommit:" + context.run().key().commit(),
                scanners,
                clock);
    }

    /** Looks at the built image; where it is not what its build says counts among what is found. */
    public static ScanStep ofImage(String project, java.nio.file.Path registry, List<Scanner> scanners, Clock clock) {
        return new ScanStep(
                "scan-image",
                Set.of(Handover.IMAGE, Handover.MISMATCHES),
                Handover.IMAGE_FINDINGS,
                context -> new Subject.Image(
                        project,
                        registry,
                        dev.stepzero.core.Digest.parse(
                                context.get(Handover.IMAGE).digest())),
                context -> context.get(Handover.IMAGE).digest(),
                scanners,
                clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stage stage() {
        return Stage.ANALYSE;
    }

    @Override
    public Set<Slot<?>> needs() {
        return needs;
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(findingsSlot);
    }

    @Override
    public void run(StepContext context) throws InterruptedException {
        var started = clock.instant();
        var looked = subject.apply(context);
        var names = new ArrayList<String>();
        var findings = new ArrayList<Finding>();
        if (needs.contains(Handover.MISMATCHES)) {
            var mismatches = context.get(Handover.MISMATCHES);
            names.addAll(mismatches.scanners());
            findings.addAll(mismatches.findings());
        }
        for (var scanner : scanners) {
            if (scanner.looksAt(looked)) {
                names.add(scanner.name());
                findings.addAll(scanner.scan(looked).findings());
            }
        }
        findings.sort(java.util.Comparator.comparing(Finding::severity).reversed());
        for (var finding : findings) {
            context.output().line(FindingLine.of(finding));
        }
        context.attest(
                digest.apply(context),
                context.run().key().project(),
                PredicateType.SCAN,
                ScanResult.of(names, started, clock.instant(), findings));
        context.give(findingsSlot, new Handover.Analysis(names, findings));
        context.summary("%s by %s"
                .formatted(
                        findings.isEmpty() ? "no finding" : Plural.of(findings.size(), "finding"),
                        names.isEmpty() ? "no scanner" : String.join(", ", names)));
    }
}
