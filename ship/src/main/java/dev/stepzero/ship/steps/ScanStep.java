package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.image.OciLayout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lets every scanner that has something to say look at a subject. */
public final class ScanStep implements Step {
    private final String name;
    private final Set<Slot<?>> needs;
    private final Slot<Handover.Analysis> findingsSlot;
    private final Function<StepContext, List<Subject>> subjects;
    private final Function<StepContext, String> digest;
    private final List<Scanner> scanners;
    private final Clock clock;

    private ScanStep(
            String name,
            Set<Slot<?>> needs,
            Slot<Handover.Analysis> findingsSlot,
            Function<StepContext, List<Subject>> subjects,
            Function<StepContext, String> digest,
            List<Scanner> scanners,
            Clock clock) {
        this.name = name;
        this.needs = Set.copyOf(needs);
        this.findingsSlot = findingsSlot;
        this.subjects = subjects;
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
                context -> List.of(new Subject.SourceTree(project, sources(context))),
                context -> "gitCommit:" + context.run().key().commit(),
                scanners,
                clock);
    }

    /**
     * Looks at the built image and at its bill of materials; where the image is not what its build says counts among what
     * is found.
     */
    public static ScanStep ofImage(String project, Path registry, List<Scanner> scanners, Clock clock) {
        return new ScanStep(
                "scan-image",
                Set.of(Handover.SOURCES, Handover.IMAGE, Handover.SBOM, Handover.MISMATCHES),
                Handover.IMAGE_FINDINGS,
                context -> List.of(image(project, registry, context), bill(project, registry, context)),
                context -> context.get(Handover.IMAGE).digest(),
                scanners,
                clock);
    }

    private static Path sources(StepContext context) {
        return Path.of(context.get(Handover.SOURCES).directory());
    }

    private static Subject image(String project, Path registry, StepContext context) {
        return new Subject.Image(
                project, registry, Digest.parse(context.get(Handover.IMAGE).digest()));
    }

    /** What the commit says about vulnerabilities holds for what was built of it. */
    private static Subject bill(String project, Path registry, StepContext context) {
        var document = OciLayout.at(registry)
                .blob(Digest.parse(context.get(Handover.SBOM).blob()));
        return new Subject.BillOfMaterials(project, document, Optional.of(sources(context)));
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
        var names = new ArrayList<String>();
        var findings = new ArrayList<Finding>();
        if (needs.contains(Handover.MISMATCHES)) {
            var mismatches = context.get(Handover.MISMATCHES);
            names.addAll(mismatches.scanners());
            findings.addAll(mismatches.findings());
        }
        for (var looked : subjects.apply(context)) {
            for (var scanner : scanners) {
                if (scanner.looksAt(looked)) {
                    names.add(scanner.name());
                    findings.addAll(scanner.scan(looked).findings());
                }
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
