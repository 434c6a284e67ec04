package dev.stepzero.scan.iac;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.RuleHead;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.scan.tree.Listing;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeScanner;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Judges the infrastructure code of a tree by the rules. */
public final class InfrastructureScanner implements TreeScanner {
    private final Supplier<Rulebook> rulebook;
    private final ScanOptions options;
    private final Clock clock;

    /** A scanner with the rules that come with Stepzero, as {@link java.util.ServiceLoader} makes it. */
    public InfrastructureScanner() {
        this(Rulebook::builtIn, Clock.systemUTC());
    }

    public InfrastructureScanner(Supplier<Rulebook> rulebook, Clock clock) {
        this(rulebook, ScanOptions.NONE, clock);
    }

    private InfrastructureScanner(Supplier<Rulebook> rulebook, ScanOptions options, Clock clock) {
        this.rulebook = rulebook;
        this.options = options;
        this.clock = clock;
    }

    /** The user's rules join the built-in ones, and take their place where they have the same id. */
    @Override
    public TreeScanner with(ScanOptions given) {
        Supplier<Rulebook> all = () -> given.rules().stream()
                .map(directory -> Rulebook.of(Catalog.read(directory).stream()
                        .map(RuleFile.Source::rule)
                        .toList()))
                .reduce(rulebook.get(), Rulebook::with);
        return new InfrastructureScanner(all, given, clock);
    }

    @Override
    public String name() {
        return "iac";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return switch (subject) {
            case Subject.SourceTree tree -> true;
            case Subject.Image image -> false;
            case Subject.BillOfMaterials bill -> false;
        };
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        return switch (subject) {
            case Subject.SourceTree tree -> scan(Listing.of(tree.directory(), options.ignored()));
            case Subject.Image _, Subject.BillOfMaterials _ ->
                throw UserError.usage("the infrastructure scanner looks at source trees only")
                        .at(subject.name());
        };
    }

    @Override
    public ScanReport scan(Listing listing) throws InterruptedException {
        var infrastructure = Infrastructure.read(listing, options.variables());
        var rules = rulebook.get();
        var judge = new Judge(rules, clock);
        var suppressions = new Suppressions(comments(infrastructure), clock);
        var judged = infrastructure.configurations().parallelStream()
                .map(configuration -> judge(configuration, judge, suppressions))
                .toList();
        var values = new ValueSuppressions(suppressions, judge);
        var findings = new ArrayList<Finding>();
        var suppressed = new ArrayList<Finding>();
        var undecided = new ArrayList<Undecided>();
        for (int i = 0; i < judged.size(); i++) {
            var each = values.accept(infrastructure.configurations().get(i), judged.get(i));
            findings.addAll(each.findings());
            suppressed.addAll(each.suppressed());
            undecided.addAll(each.undecided());
        }
        infrastructure.intake().problems().forEach(problem -> findings.add(problem.finding()));
        var coverage = coverage(infrastructure);
        if (!suppressions.isEmpty()) {
            var known = RuleHead.names(rules.rules());
            findings.addAll(suppressions.findings(known));
            coverage = coverage.and(new Coverage(0, 0, 0, suppressions.unknown(known)));
        }
        findings.sort(Finding.BY_PLACE);
        return new ScanReport(findings, suppressed, undecided, coverage);
    }

    private static ScanReport judge(Configuration configuration, Judge judge, Suppressions suppressions) {
        var resources = configuration.resources();
        var judgement = judge.judge(resources);
        if (suppressions.isEmpty()) {
            return new ScanReport(judgement.findings(), judgement.undecided(), Coverage.NONE);
        }
        var open = new ArrayList<Finding>();
        var suppressed = new ArrayList<Finding>();
        for (var finding : judgement.findings()) {
            var resource = resources.at(finding.location().resource());
            boolean accepted = resource.isPresent() && suppressions.accept(finding, resource.get());
            (accepted ? suppressed : open).add(finding);
        }
        return new ScanReport(open, suppressed, judgement.undecided(), Coverage.NONE);
    }

    /** Comments are looked for in what was understood only; a picture may hold any bytes. */
    private List<Suppression> comments(Infrastructure infrastructure) {
        var parsed = infrastructure.intake().parsed();
        var files = new ArrayList<>(infrastructure.files().all());
        for (var path : options.variables()) {
            try {
                files.add(TreeFile.named(path));
            } catch (IOException e) {
                // The reader that wanted its values has said so already.
            }
        }
        var comments = files.parallelStream()
                .filter(file -> parsed.contains(file.path()))
                .flatMap(file -> {
                    try {
                        return SuppressionComments.in(file.path(), file.text()).stream();
                    } catch (TreeFile.UnreadableFile e) {
                        // The reader that understood it has said so already.
                        return Stream.<Suppression>empty();
                    }
                })
                .distinct();
        return Stream.concat(
                        comments, infrastructure.intake().accepted().stream().map(Suppression::of))
                .toList();
    }

    private static Coverage coverage(Infrastructure infrastructure) {
        int resources = infrastructure.configurations().stream()
                .mapToInt(configuration -> configuration.resources().all().size())
                .sum();
        return infrastructure.intake().coverage(infrastructure.files().all().size(), resources);
    }
}
