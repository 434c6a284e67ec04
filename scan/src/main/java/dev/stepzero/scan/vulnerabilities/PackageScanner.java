package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.InventoryCheck;
import dev.stepzero.scan.packages.ManifestReader;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.match.Matcher;
import dev.stepzero.scan.vulnerabilities.match.Schemes;
import dev.stepzero.scan.vulnerabilities.vex.Statements;
import dev.stepzero.scan.vulnerabilities.vex.VexFiles;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Looks for packages with known vulnerabilities: in the manifests and lockfiles of a tree, and in images. */
public final class PackageScanner implements Scanner, InventoryCheck {
    private final Iterable<ManifestReader> readers;
    private final Home home;
    private final Clock clock;
    private final ScanOptions options;

    /** A scanner with the user's database, as {@link ServiceLoader} makes it. */
    public PackageScanner() {
        this(ServiceLoader.load(ManifestReader.class), Home.of(System.getenv()), Clock.systemUTC());
    }

    public PackageScanner(Iterable<ManifestReader> readers, Home home, Clock clock) {
        this(readers, home, clock, ScanOptions.NONE);
    }

    private PackageScanner(Iterable<ManifestReader> readers, Home home, Clock clock, ScanOptions options) {
        this.readers = readers;
        this.home = home;
        this.clock = clock;
        this.options = options;
    }

    @Override
    public PackageScanner with(ScanOptions others) {
        return new PackageScanner(readers, others.home().orElse(home), clock, others);
    }

    @Override
    public String name() {
        return "packages";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return switch (subject) {
            case Subject.SourceTree tree -> true;
            case Subject.Image image -> true;
        };
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        return switch (subject) {
            case Subject.SourceTree tree -> scan(tree);
            case Subject.Image image -> check(InstalledPackages.of(OciImage.open(image.layout(), image.digest())));
        };
    }

    private ScanReport scan(Subject.SourceTree tree) throws InterruptedException {
        var intake = new Intake();
        var files = TreeFiles.of(tree.directory(), intake);
        var inventory = inventory(files, intake);
        var report = ScanReport.EMPTY;
        if (!inventory.components().isEmpty()) {
            var statements =
                    new VexFiles(intake).inTree(files).named(options.vex()).statements();
            report = judge(inventory, statements);
        }
        return report.and(read(intake, files.all().size(), inventory));
    }

    /** Judges what is installed; of VEX documents only those count that were named. */
    @Override
    public ScanReport check(Inventory inventory) throws InterruptedException {
        var intake = new Intake();
        var statements = new VexFiles(intake).named(options.vex()).statements();
        return judge(inventory, statements).and(read(intake, 0, Inventory.EMPTY));
    }

    private static ScanReport read(Intake intake, int files, Inventory inventory) {
        var problems = intake.problems().stream().map(Intake.Problem::finding).toList();
        return new ScanReport(
                problems,
                List.of(),
                intake.coverage(files, inventory.components().size()));
    }

    /** The edits that would mend what a scan of the tree finds. */
    public List<Suggestion> suggestions(Subject subject) throws InterruptedException {
        var intake = new Intake();
        var files = files(subject, intake);
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

    private TreeFiles files(Subject subject, Intake intake) {
        return switch (subject) {
            case Subject.SourceTree tree -> TreeFiles.of(tree.directory(), intake);
            case Subject.Image image ->
                throw UserError.usage("edits can be suggested for source trees only")
                        .at(image.name());
        };
    }

    /** The packages that the manifests and lockfiles of a tree name, without judging them. */
    public Inventory inventory(Subject.SourceTree tree) throws InterruptedException {
        var intake = new Intake();
        return inventory(TreeFiles.of(tree.directory(), intake), intake);
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

    /** Judges an inventory, of whatever it is, by the database and by what statements settle. */
    public ScanReport judge(Inventory inventory, Statements statements) throws InterruptedException {
        var freshness = new Freshness(clock, options.maxDatabaseAgeDays());
        try (var database = open().orElse(null)) {
            if (database == null) {
                var findings =
                        freshness.tooOld(Optional.empty(), List.of()).stream().toList();
                return new ScanReport(findings, List.of(), Gaps.withoutDatabase(inventory));
            }
            var matches = new Matcher(database, Schemes.known()).match(inventory);
            var words = new PackageFindings(inventory);
            var findings = new ArrayList<Finding>();
            var suppressed = new ArrayList<Finding>();
            for (var vulnerable : matches.vulnerable()) {
                Settled.by(statements, vulnerable)
                        .ifPresentOrElse(
                                statement -> suppressed.add(words.settled(vulnerable, statement)),
                                () -> findings.add(words.of(vulnerable)));
            }
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
