package dev.stepzero.ship.steps;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.scan.tree.SharedListing;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.image.OciLayout;
import dev.stepzero.ship.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets every scanner that has something to say look at a subject. */
public final class ScanStep implements Step {
    private static final Pattern ARCHIVE = Pattern.compile(".*[.][jw]ar");

    private final String name;
    private final Set<Slot<?>> needs;
    private final Slot<Handover.Analysis> findingsSlot;
    private final Function<StepContext, List<Subject>> subjects;
    private final Function<StepContext, String> digest;
    private final Function<StepContext, List<Scanner>> scanners;
    private final Clock clock;

    private ScanStep(
            String name,
            Set<Slot<?>> needs,
            Slot<Handover.Analysis> findingsSlot,
            Function<StepContext, List<Subject>> subjects,
            Function<StepContext, String> digest,
            Function<StepContext, List<Scanner>> scanners,
            Clock clock) {
        this.name = name;
        this.needs = Set.copyOf(needs);
        this.findingsSlot = findingsSlot;
        this.subjects = subjects;
        this.digest = digest;
        this.scanners = scanners;
        this.clock = clock;
    }

    /** Looks at the commit's files. */
    public static ScanStep ofSources(String project, List<Scanner> scanners, Clock clock) {
        return new ScanStep(
                "scan-source",
                Set.of(Handover.SOURCES),
                Handover.SOURCE_FINDINGS,
                context -> List.of(new Subject.SourceTree(project, sources(context))),
                ScanStep::commit,
                context -> scanners,
                clock);
    }

    /** Takes what tools of the project's own steps wrote about the commit's files. */
    public static ScanStep ofTools(String project, List<Project.OwnStep> steps, Home home, Clock clock) {
        var writing = steps.stream().filter(step -> !step.sarif().isEmpty()).toList();
        var needs = new HashSet<Slot<?>>(Set.of(Handover.SOURCES));
        writing.forEach(step -> needs.add(OwnStep.slot(step.name())));
        return new ScanStep(
                "scan-tools",
                needs,
                Handover.TOOL_FINDINGS,
                context -> List.of(new Subject.SourceTree(project, sources(context))),
                ScanStep::commit,
                context -> List.of(
                        new LeftResults(writing, home.workspace(context.run().id())).scanner(clock)),
                clock);
    }

    private static String commit(StepContext context) {
        return "gitCommit:" + context.run().key().commit();
    }

    /**
     * Looks at the built image and at its bill of materials; where the image is not what its build says counts among what
     * is found.
     */
    public static ScanStep ofImage(String project, Path registry, List<Scanner> scanners, Clock clock) {
        return new ScanStep(
                "scan-image",
                Set.of(Handover.SOURCES, Handover.ARTIFACT, Handover.IMAGE, Handover.SBOM, Handover.MISMATCHES),
                Handover.IMAGE_FINDINGS,
                context -> List.of(image(project, registry, context), bill(project, registry, context)),
                context -> context.get(Handover.IMAGE).digest(),
                context -> scanners,
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
        return new Subject.BillOfMaterials(project, document, Optional.of(sources(context)), built(context));
    }

    private static Optional<Subject.Built> built(StepContext context) {
        var artifact = context.get(Handover.ARTIFACT);
        if (artifact.libraries().isEmpty()) {
            // An archive with its libraries in it is judged too; a directory of anything else is no program of Java's.
            return Optional.of(Path.of(artifact.path()))
                    .filter(path -> ARCHIVE.matcher(artifact.path()).matches() && Files.isRegularFile(path))
                    .map(path -> new Subject.Built(path, List.of()));
        }
        try (var files = Files.walk(Path.of(artifact.libraries()))) {
            var archives = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            return Optional.of(new Subject.Built(Path.of(artifact.path()), archives));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        var look = new Look(clock.instant());
        if (needs.contains(Handover.MISMATCHES)) {
            look.add(context.get(Handover.MISMATCHES));
        }
        try {
            for (var looked : subjects.apply(context)) {
                var shared = new SharedListing(looked, true);
                for (var scanner : scanners.apply(context)) {
                    if (scanner.looksAt(looked)) {
                        look.take(scanner, shared);
                    }
                }
            }
        } catch (UserError e) {
            attest(context, look.result(clock.instant(), e.what()));
            throw e;
        }
        tell(context, look);
        attest(context, look.result(clock.instant(), ""));
        context.give(findingsSlot, new Handover.Analysis(look.names, look.findings()));
    }

    private void attest(StepContext context, ScanResult result) {
        context.attest(digest.apply(context), context.run().key().project(), PredicateType.SCAN, result);
    }

    /** How old the data was is said with the image, which is always looked at: once is enough. */
    private void tell(StepContext context, Look look) {
        var findings = look.findings();
        findings.forEach(finding -> context.output().line(FindingLine.of(finding)));
        var coverage = look.report.coverage();
        coverage.notes().forEach(context.output()::line);
        coverage.skipped()
                .forEach(each -> context.output().line("not judged: %s: %s".formatted(each.path(), each.reason())));
        notJudged(coverage.skipped()).ifPresent(context::warn);
        var found = "%s by %s"
                .formatted(counted(findings), look.names.isEmpty() ? "no scanner" : String.join(", ", look.names));
        var notes = needs.contains(Handover.IMAGE) ? coverage.notes() : List.<String>of();
        context.summary(String.join(
                "; ", Stream.concat(Stream.of(found), notes.stream()).toList()));
    }

    /** How many there are, and how bad they are. */
    private static String counted(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "no finding";
        }
        var severities = Counts.of(findings).entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + each.getKey().label())
                .collect(Collectors.joining(", "));
        return "%s (%s)".formatted(Plural.of(findings.size(), "finding"), severities);
    }

    private Optional<String> notJudged(List<Coverage.Skipped> skipped) {
        if (skipped.isEmpty()) {
            return Optional.empty();
        }
        var first = skipped.getFirst();
        var reason = "%s: %s".formatted(first.path(), first.reason());
        return Optional.of(
                skipped.size() == 1
                        ? "not judged: " + reason
                        : "%s did not judge %d parts, the first is %s".formatted(name, skipped.size(), reason));
    }

    /** What the scanners have said so far. */
    private static final class Look {
        private final Instant started;
        private final List<String> names = new ArrayList<>();
        private ScanReport report = ScanReport.EMPTY;

        Look(Instant started) {
            this.started = started;
        }

        void add(Handover.Analysis analysis) {
            names.addAll(analysis.scanners());
            report = report.and(ScanReport.of(analysis.findings()));
        }

        void take(Scanner scanner, SharedListing subject) throws InterruptedException {
            // Several may share a name where users think of them as one.
            if (!names.contains(scanner.name())) {
                names.add(scanner.name());
            }
            report = report.and(subject.scannedBy(scanner));
        }

        List<Finding> findings() {
            return report.findings().stream()
                    .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::priority))
                    .toList();
        }

        ScanResult result(Instant ended, String failure) {
            return ScanResult.of(names, started, ended, findings(), report, failure);
        }
    }
}
