package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.govern.report.ScanResult;
import dev.stepzero.govern.report.SourceLines;
import dev.stepzero.scan.image.ImageLimits;
import dev.stepzero.scan.image.ImagePolicy;
import dev.stepzero.scan.image.ImageScanner;
import dev.stepzero.scan.image.ImageSource;
import dev.stepzero.scan.image.Platform;
import dev.stepzero.scan.sbom.SbomFormat;
import dev.stepzero.scan.secrets.SecretOptions;
import dev.stepzero.scan.secrets.SecretScanner;
import dev.stepzero.scan.vulnerabilities.PackageScanner;
import dev.stepzero.ship.project.ScanSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at the files of a directory, or into an image, and says what is wrong with them. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = "Scans infrastructure code (Terraform, CloudFormation, Kubernetes, Compose, Dockerfiles, GitHub"
                + " Actions), the packages that manifests and lockfiles name, secrets, and code: Java programs that are"
                + " built, Python, JavaScript, TypeScript and Go; or a container image and what is installed in it. Ends"
                + " with 1 where the gate blocks: at findings of high severity or worse, unless stepzero.yaml or"
                + " --severity says otherwise.",
        footer = {
            "",
            "Waivers are read from stepzero-waivers.yaml and stepzero.yaml, here or further up in the repository.",
            "",
            "An existing path wins. What does not exist is an image in a registry, named as",
            "container engines name it, pulled layer by layer and never stored. What begins",
            "so is an image whatever exists:",
            "  oci:DIR[:TAG|@DIGEST]  archive:FILE  docker-daemon:NAME  podman:NAME",
            "  engine:NAME  registry:REFERENCE",
            "rootfs:DIR is the root of a file system.",
            "",
            "Examples:",
            "  stepzero scan infra",
            "  stepzero scan . --format sarif --output stepzero.sarif",
            "  stepzero scan . --write-baseline baseline.json   know what is there today,",
            "  stepzero scan . --baseline baseline.json         and block only what is new",
            "  stepzero scan . --only packages --suggest        versions that mend packages",
            "  stepzero scan . --sarif semgrep.sarif            what Semgrep found joins ours",
            "  stepzero scan --staged                           secrets in what is to be committed",
            "  stepzero scan --history main..topic              secrets in what a branch brings",
            "  stepzero scan registry.example.com/team/app:1.2 --platform linux/arm64",
            "  stepzero scan app.tar                            what docker save wrote",
            "  stepzero scan app.tar --output app.cdx.json      what is in it, as CycloneDX",
            "  stepzero scan app.cdx.json                       what is known about that"
        })
final class ScanCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Clock clock;
    private final Iterable<Scanner> scanners;

    @Mixin
    private SecretChoice secrets = new SecretChoice();

    @Mixin
    private GateChoice gate = new GateChoice();

    @Mixin
    private ReportChoice report = new ReportChoice();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH|IMAGE|SBOM",
            description = "A directory, a file, an image or an SBOM; default: here.")
    private String subject = ".";

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Scanners to run: iac, packages, secrets, code; sarif for what --sarif names.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Which image of several is meant; default: linux/amd64.")
    private String platform = Platform.LINUX_AMD64.toString();

    @Option(names = "--rules", paramLabel = "DIR", description = "A directory of your own rules; may be repeated.")
    private List<Path> rules = new ArrayList<>();

    @Option(
            names = "--var-file",
            paramLabel = "FILE",
            description = "Values of Terraform variables; may be repeated, the later wins.")
    private List<Path> variables = new ArrayList<>();

    @Option(
            names = "--vex",
            paramLabel = "FILE",
            description = "An OpenVEX or CycloneDX document that says what does not matter; may be repeated.")
    private List<Path> vex = new ArrayList<>();

    @Option(
            names = "--max-database-age",
            paramLabel = "DAYS",
            description = "Block where the advisories on packages are older; default: gate.maxDatabaseAgeDays.")
    private @Nullable Integer maxDatabaseAge;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Results of another tool, in SARIF 2.1.0, that join ours; - is standard input; may be"
                    + " repeated. With --only sarif they stand alone.")
    private List<String> sarif = new ArrayList<>();

    @Option(names = "--suggest", description = "Print the edits that would mend vulnerable packages.")
    private boolean suggest;

    @Option(names = "--no-ignore", description = "Look also at files and directories that Git ignores.")
    private boolean noIgnore;

    ScanCommand(Terminal terminal, Clock clock) {
        this(terminal, clock, ServiceLoader.load(Scanner.class));
    }

    ScanCommand(Terminal terminal, Clock clock, Iterable<Scanner> scanners) {
        this.terminal = terminal;
        this.clock = clock;
        this.scanners = scanners;
    }

    @Override
    public Integer call() throws InterruptedException {
        var started = clock.millis();
        checkPaths();
        var target = ScanTarget.of(subject);
        var sources = target instanceof ScanTarget.Sources tree ? Optional.of(tree.path()) : Optional.<Path>empty();
        if (suggest && sources.isEmpty()) {
            throw UserError.usage("edits can be suggested for source trees only")
                    .at(subject)
                    .fix("scan the directory that it was built from");
        }
        // What is decided about an image stands in the project that one is in.
        var place = ScannedPlace.of(sources.orElse(Path.of(".")));
        var bill = report.format().sbom();
        if (bill.isPresent()) {
            printBill(target, place, bill.get());
            return ExitStatus.PASSED.code();
        }
        var settings = ScanSettings.of(place.upwards(), place.directory());
        var terms = gate.terms(settings, accountable(place, settings, sources.isPresent()));
        var options = options(settings);
        var found = found(target, place, options);
        var triage = gate.judge(found, terms, clock, this::say);
        var result = new ScanResult(
                sources.isPresent() ? place.subject().name() : subject,
                triage.findings(),
                triage.undecided(),
                found.coverage(),
                triage.decision(),
                triage.reasons(),
                clock.millis() - started,
                HiddenLines.of(found.findings(), SourceLines.under(place.directory())),
                new CatalogTexts(rules),
                place.prefix());
        if (secrets.isOfChange()) {
            report.printOfChange(result, terminal);
        } else {
            report.print(result, terminal);
        }
        if (suggest) {
            new SuggestedEdits(report.isRead() ? terminal.out() : terminal.err())
                    .print(scanners, place.subject(), options);
        }
        return triage.decision() == Decision.BLOCK ? ExitStatus.BLOCKED.code() : ExitStatus.PASSED.code();
    }

    private void checkPaths() {
        rules.forEach(each -> require(Files.isDirectory(each), each, "there is no such directory of rules"));
        variables.forEach(each -> require(Files.isRegularFile(each), each, "there is no such file of variables"));
        vex.forEach(each -> require(Files.isRegularFile(each), each, "there is no such VEX document"));
    }

    /** What our scanners and other tools found. */
    private ScanReport found(ScanTarget target, ScannedPlace place, ScanOptions options) throws InterruptedException {
        try (var _ = new CancelOnSignal();
                var results = ToolResults.of(sarif, System.in)) {
            var ours = onlyResults() ? ScanReport.EMPTY : looked(target, place, options);
            return ours.and(
                    results.on(target instanceof ScanTarget.Sources ? Optional.of(place) : Optional.empty(), clock));
        }
    }

    private ScanReport looked(ScanTarget target, ScannedPlace place, ScanOptions options) throws InterruptedException {
        return switch (target) {
            case ScanTarget.Sources _ -> judged(place.subject(), options);
            case ScanTarget.Document document ->
                judged(
                        new Subject.BillOfMaterials(subject, document.file(), Optional.empty(), Optional.empty()),
                        options);
            case ScanTarget.Image image -> imageLook(options).at(image.source());
            case ScanTarget.Root root -> imageLook(options).at(root.directory());
        };
    }

    /** Whether nothing of ours is to look. */
    private boolean onlyResults() {
        if (only.contains(ToolResults.NAME) && sarif.isEmpty()) {
            throw UserError.usage("there are no results of other tools to take").fix("name their files with --sarif");
        }
        return only.equals(List.of(ToolResults.NAME));
    }

    /** The scanners of ours that are asked for; all if none is named. */
    private List<String> ours() {
        return only.stream().filter(name -> !name.equals(ToolResults.NAME)).toList();
    }

    private static void require(boolean truth, Path path, String otherwise) {
        if (!truth) {
            throw UserError.unreadable(otherwise).at(path.toString()).fix("correct the path");
        }
    }

    private ScanOptions options(ScanSettings settings) {
        var age = maxDatabaseAge == null ? settings.gate().maxDatabaseAgeDays() : Optional.of(maxDatabaseAge);
        return new ScanOptions(rules, variables, vex, age, Optional.of(Home.of(terminal.environment())), noIgnore);
    }

    private ImageSource.Access access() {
        return new ImageSource.Access(terminal.environment(), Platform.parse(platform), ImageLimits.defaults());
    }

    private ScanReport judged(Subject looked, ScanOptions options) throws InterruptedException {
        var asked = secrets.options(only, terminal.environment());
        if (asked.extent() != SecretOptions.Extent.TREE) {
            return new SecretScanner().with(options).with(asked).scan(looked);
        }
        var seeking = new ArrayList<Scanner>();
        scanners.forEach(each -> seeking.add(each instanceof SecretScanner scanner ? scanner.with(asked) : each));
        return new SourceScanners(seeking, looked, options).only(ours()).scan();
    }

    private ImageLook imageLook(ScanOptions options) {
        return new ImageLook(
                new ImageScanner(ImagePolicy.defaults(), clock),
                access(),
                new PackageScanner().with(options),
                ours(),
                this::say);
    }

    /** The waivers that must have something to waive, since all that they may be about is looked at. */
    private List<WrittenWaiver> accountable(ScannedPlace place, ScanSettings settings, boolean sources) {
        var whole = sources && place.wholeDirectory() && secrets.isOfTree();
        var all = whole && only.isEmpty();
        var ofSecrets = whole && only.equals(List.of("secrets"));
        return settings.waivers().stream()
                .filter(each -> all
                        ? !sarif.isEmpty() || !ToolResults.isAbout(each.waiver())
                        : ofSecrets && each.waiver().resource().startsWith(SecretScanner.RESOURCE))
                .toList();
    }

    private void printBill(ScanTarget target, ScannedPlace place, SbomFormat standard) throws InterruptedException {
        var packages = new PackageScanner()
                .with(new ScanOptions(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), noIgnore));
        report.printBill(new Bill(packages, access(), clock).of(target, place.subject(), standard), terminal);
    }

    private void say(String message) {
        report.say(message, terminal);
    }
}
