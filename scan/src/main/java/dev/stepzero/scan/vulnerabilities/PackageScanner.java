package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.Reach;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.reach.BuiltProgram;
import dev.stepzero.scan.reach.BuiltTree;
import dev.stepzero.scan.reach.Jars;
import dev.stepzero.scan.sbom.SbomReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.Listing;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.tree.TreeScanner;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.match.Matcher;
import dev.stepzero.scan.vulnerabilities.match.Schemes;
import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import dev.stepzero.scan.vulnerabilities.vex.Statements;
import dev.stepzero.scan.vulnerabilities.vex.VexFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Looks for packages with known vulnerabilities: in the manifests and lockfiles of a tree, and in SBOMs. Whoever has read
 * an inventory out of something else, such as an image, has it {@linkplain #check checked}.
 */
public final class PackageScanner implements TreeScanner {
    private final Iterable<ManifestReader> readers;
    private final Home home;
    private final Clock clock;
    private final Jars jars;
    private final ScanOptions options;

    /** A scanner with the user's database, as {@link ServiceLoader} makes it. */
    public PackageScanner() {
        this(ServiceLoader.load(ManifestReader.class), Home.of(System.getenv()), Clock.systemUTC());
    }

    public PackageScanner(Iterable<ManifestReader> readers, Home home, Clock clock) {
        this(readers, home, clock, Jars.fetched(Path.of(System.getProperty("user.home", "")), System.getenv()));
    }

    /** A scanner that takes the archives of packages from where it is told, to see what of them is reached. */
    public PackageScanner(Iterable<ManifestReader> readers, Home home, Clock clock, Jars jars) {
        this(readers, home, clock, jars, ScanOptions.NONE);
    }

    private PackageScanner(Iterable<ManifestReader> readers, Home home, Clock clock, Jars jars, ScanOptions options) {
        this.readers = readers;
        this.home = home;
        this.clock = clock;
        this.jars = jars;
        this.options = options;
    }

    @Override
    public PackageScanner with(ScanOptions others) {
        return new PackageScanner(readers, others.home().orElse(home), clock, jars, others);
    }

    @Override
    public String name() {
        return "packages";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return switch (subject) {
            case Subject.SourceTree tree -> true;
            case Subject.BillOfMaterials bill -> true;
            case Subject.Image image -> false;
        };
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        return switch (subject) {
            case Subject.SourceTree tree -> scan(listing(tree));
            case Subject.BillOfMaterials bill -> scan(bill);
            case Subject.Image image ->
                throw UserError.usage("the package scanner looks at source trees and SBOMs only")
                        .at(image.name());
        };
    }

    private ScanReport scan(Subject.BillOfMaterials bill) throws InterruptedException {
        var inventory = SbomReader.read(bill.document()).inventory();
        var intake = new Intake();
        var vex = new VexFiles(intake).named(options.vex());
        bill.sources().ifPresent(tree -> vex.inTree(TreeFiles.of(tree, new Intake())));
        var coverage = new Coverage(1, 1, inventory.components().size(), List.of());
        return judge(inventory, vex.statements(), built(bill, inventory))
                .and(new ScanReport(problems(intake), List.of(), coverage));
    }

    /** What the build left may be gone or broken: then its use is unknown, and nothing else is lost. */
    private static Classes built(Subject.BillOfMaterials bill, Inventory inventory) {
        if (bill.built().isEmpty()) {
            return PackageScanner::unknown;
        }
        try {
            return BuiltProgram.of(bill.built().get(), inventory)::answers;
        } catch (IOException e) {
            return PackageScanner::unknown;
        }
    }

    private Listing listing(Subject.SourceTree tree) {
        return Listing.of(tree.directory(), options.ignored());
    }

    @Override
    public ScanReport scan(Listing listing) throws InterruptedException {
        var files = listing.sources();
        var intake = files.intake();
        var inventory = inventory(files, intake);
        var report = ScanReport.EMPTY;
        if (!inventory.components().isEmpty()) {
            var statements =
                    new VexFiles(intake).inTree(files).named(options.vex()).statements();
            report = judge(inventory, statements, new BuiltTree(files, inventory, jars, intake)::answers);
        }
        var coverage =
                intake.coverage(files.all().size(), inventory.components().size());
        return report.and(new ScanReport(problems(intake), List.of(), coverage));
    }

    /** Judges an inventory; of VEX documents only those count that were named. */
    public ScanReport check(Inventory inventory) throws InterruptedException {
        var intake = new Intake();
        var statements = new VexFiles(intake).named(options.vex()).statements();
        return judge(inventory, statements).and(ScanReport.of(problems(intake)));
    }

    private static List<Finding> problems(Intake intake) {
        return intake.problems().stream().map(Intake.Problem::finding).toList();
    }

    /** The edits that would mend what a scan of the tree finds. */
    public List<Suggestion> suggestions(Subject subject) throws InterruptedException {
        var files = files(subject);
        var intake = files.intake();
        var inventory = inventory(files, intake);
        try (var database = open().orElse(null)) {
            if (inventory.components().isEmpty() || database == null) {
                return List.of();
            }
            var statements =
                    new VexFiles(intake).inTree(files).named(options.vex()).statements();
            var open = new Matcher(database, Schemes.known())
                    .match(inventory).vulnerable().stream()
                            .filter(each -> Settled.by(statements, each).isEmpty())
                            .toList();
            return new Suggestions(files).of(open);
        }
    }

    private TreeFiles files(Subject subject) {
        return switch (subject) {
            case Subject.SourceTree tree -> listing(tree).sources();
            case Subject.Image _, Subject.BillOfMaterials _ ->
                throw UserError.usage("edits can be suggested for source trees only")
                        .at(subject.name());
        };
    }

    /** The packages that the manifests and lockfiles of a tree name, without judging them. */
    public Inventory inventory(Subject.SourceTree tree) throws InterruptedException {
        var files = listing(tree).sources();
        return inventory(files, files.intake());
    }

    private Inventory inventory(TreeFiles files, Intake intake) throws InterruptedException {
        var packages = new Inventory.Collector();
        for (var reader : readers) {
            reader.read(files, packages, intake);
        }
        return packages.inventory(Optional.empty());
    }

    private Optional<Database> open() {
        return Database.open(Database.directory(home));
    }

    /** What is at hand of the program's classes. */
    @FunctionalInterface
    private interface Classes {
        Map<Vulnerable, Reach> answers(List<Vulnerable> vulnerable) throws InterruptedException;
    }

    private static Map<Vulnerable, Reach> unknown(List<Vulnerable> vulnerable) {
        var answers = new HashMap<Vulnerable, Reach>();
        for (var each : vulnerable) {
            if (BuiltTree.isJava(each.component())) {
                answers.put(each, Reach.unknown("the program's classes are not at hand"));
            }
        }
        return answers;
    }

    /** Judges an inventory, of whatever it is, by the database and by what statements settle. */
    public ScanReport judge(Inventory inventory, Statements statements) throws InterruptedException {
        return judge(inventory, statements, PackageScanner::unknown);
    }

    private ScanReport judge(Inventory inventory, Statements statements, Classes classes) throws InterruptedException {
        var freshness = new Freshness(clock, options.maxDatabaseAgeDays());
        try (var database = open().orElse(null)) {
            if (database == null) {
                var findings =
                        freshness.tooOld(Optional.empty(), List.of()).stream().toList();
                return new ScanReport(findings, List.of(), Gaps.withoutDatabase());
            }
            var matches = new Matcher(database, Schemes.known()).match(inventory);
            var words = new PackageFindings(inventory);
            var findings = new ArrayList<Finding>();
            var suppressed = new ArrayList<Finding>();
            var open = new ArrayList<Vulnerable>();
            for (var vulnerable : matches.vulnerable()) {
                Settled.by(statements, vulnerable)
                        .ifPresentOrElse(
                                statement -> suppressed.add(words.settled(vulnerable, statement)),
                                () -> open.add(vulnerable));
            }
            var reach = classes.answers(open);
            open.forEach(each -> findings.add(words.of(each, Optional.ofNullable(reach.get(each)))));
            freshness
                    .tooOld(Optional.of(database.catalogue()), matches.ecosystems())
                    .ifPresent(findings::add);
            var coverage = new Coverage(
                    0,
                    0,
                    0,
                    new Gaps(database.catalogue()).of(matches),
                    List.of(freshness.note(database.catalogue(), matches.ecosystems())));
            return new ScanReport(findings, suppressed, List.of(), coverage);
        }
    }
}
