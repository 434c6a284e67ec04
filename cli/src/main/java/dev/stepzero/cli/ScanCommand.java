package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict.Decision;
import dev.stepzero.govern.baseline.Baseline;
import dev.stepzero.govern.report.Judged;
import dev.stepzero.govern.report.ReportFormat;
import dev.stepzero.govern.report.ScanResult;
import dev.stepzero.govern.report.SourceLines;
import dev.stepzero.govern.report.Status;
import dev.stepzero.govern.triage.Terms;
import dev.stepzero.govern.triage.Triage;
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

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table, json, sarif, junit or html; or a bill of materials: cyclonedx, spdx or spdx3. Default: what the"
                            + " output's name promises, else table.")
    private @Nullable ScanFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the report to a file.")
    private @Nullable Path output;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Count only what this former report or baseline does not know.")
    private @Nullable Path baseline;

    @Option(names = "--write-baseline", paramLabel = "FILE", description = "Write all findings down as known.")
    private @Nullable Path newBaseline;

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            description = "low, medium, high or critical: leave out what is milder, and block at the rest.")
    private @Nullable Severity severity;

    @Option(names = "--show-undecided", description = "List what could not be decided, and what would decide it.")
    private boolean showUndecided;

    @Option(names = "--fail-undecided", description = "Block where an undecided finding would block if it were true.")
    private boolean failUndecided;

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

    @Option(
            names = "--staged",
            description = "Look for secrets in what the next commit would bring, and at nothing else.")
    private boolean staged;

    @Option(
            names = "--history",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "RANGE",
            description = "Look for secrets in all that was ever committed, or in a range such as main..topic.")
    private @Nullable String history;

    @Option(names = "--no-ignore", description = "Look also at files and directories that Git ignores.")
    private boolean noIgnore;

    @Option(
            names = "--verify",
            description = "Ask the issuers of secrets which are live. Each is sent to its issuer, and to nobody else.")
    private boolean verify;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the report and errors only.")
    private boolean quiet;

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
        rules.forEach(each -> require(Files.isDirectory(each), each, "there is no such directory of rules"));
        variables.forEach(each -> require(Files.isRegularFile(each), each, "there is no such file of variables"));
        vex.forEach(each -> require(Files.isRegularFile(each), each, "there is no such VEX document"));
        var target = ScanTarget.of(subject);
        // What is decided about an image stands in the project that one is in.
        var place = ScannedPlace.of(target instanceof ScanTarget.Sources sources ? sources.path() : Path.of("."));
        if (suggest && !(target instanceof ScanTarget.Sources)) {
            throw UserError.usage("edits can be suggested for source trees only")
                    .at(subject)
                    .fix("scan the directory that it was built from");
        }
        var bill = form().sbom();
        if (bill.isPresent()) {
            printBill(target, place, bill.get());
            return ExitStatus.PASSED.code();
        }
        var settings = ScanSettings.of(place.upwards(), place.directory());
        var terms = terms(place, settings, target instanceof ScanTarget.Sources);
        var options = options(settings);
        ScanReport report;
        try (var _ = new CancelOnSignal();
                var results = ToolResults.of(sarif, System.in)) {
            report = onlyResults() ? ScanReport.EMPTY : looked(target, place, options);
            report = report.and(
                    results.on(target instanceof ScanTarget.Sources ? Optional.of(place) : Optional.empty(), clock));
        }
        var name = target instanceof ScanTarget.Sources ? place.subject().name() : subject;
        var triage = Triage.of(report, terms, clock);
        if (newBaseline != null) {
            triage = Triage.of(report, terms.with(written(newBaseline, triage)), clock);
        }
        print(new ScanResult(
                name,
                triage.findings(),
                triage.undecided(),
                report.coverage(),
                triage.decision(),
                triage.reasons(),
                clock.millis() - started,
                HiddenLines.of(report.findings(), SourceLines.under(place.directory())),
                new CatalogTexts(rules),
                place.prefix()));
        if (suggest) {
            var inReport = output == null && form() == ScanFormat.TABLE;
            new SuggestedEdits(inReport ? terminal.out() : terminal.err()).print(scanners, place.subject(), options);
        }
        return triage.decision() == Decision.BLOCK ? ExitStatus.BLOCKED.code() : ExitStatus.PASSED.code();
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
        var asked = secretOptions();
        if (asked.extent() != SecretOptions.Extent.TREE) {
            return new SecretScanner().with(options).with(asked).scan(looked);
        }
        var seeking = new ArrayList<Scanner>();
        scanners.forEach(each -> seeking.add(each instanceof SecretScanner secrets ? secrets.with(asked) : each));
        return judged(seeking, looked, options);
    }

    private SecretOptions secretOptions() {
        if (staged && history != null) {
            throw UserError.usage("--staged and --history exclude each other").fix("leave one of them out");
        }
        var extent = staged
                ? SecretOptions.Extent.STAGED
                : history != null ? SecretOptions.Extent.HISTORY : SecretOptions.Extent.TREE;
        if (extent != SecretOptions.Extent.TREE && !only.isEmpty() && !only.equals(List.of("secrets"))) {
            throw UserError.usage("only secrets are sought in a change or a history")
                    .fix("leave --only out");
        }
        return new SecretOptions(
                extent,
                history == null ? "" : history,
                staged ? terminal.environment().getOrDefault("GIT_INDEX_FILE", "") : "",
                verify);
    }

    private ScanReport judged(Iterable<Scanner> seeking, Subject looked, ScanOptions options)
            throws InterruptedException {
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

    private Terms terms(ScannedPlace place, ScanSettings settings, boolean sources) {
        // Of the project's own waivers some may be about its image, which is not looked at here.
        var waivers = new ArrayList<>(settings.waivers());
        waivers.addAll(settings.project());
        var whole = sources && place.wholeDirectory() && !staged && history == null;
        var all = whole && only.isEmpty();
        var ofSecrets = whole && only.equals(List.of("secrets"));
        var terms = new Terms(
                Severity.LOW,
                settings.gate().failOn(),
                settings.gate().warnOn(),
                failUndecided,
                all
                        ? settings.waivers().stream()
                                .filter(each -> !sarif.isEmpty() || !ToolResults.isAbout(each.waiver()))
                                .toList()
                        : settings.waivers().stream()
                                .filter(each ->
                                        ofSecrets && each.waiver().resource().startsWith(SecretScanner.RESOURCE))
                                .toList(),
                waivers,
                baseline == null ? Baseline.NONE : Baseline.read(baseline));
        return severity == null ? terms : terms.from(severity);
    }

    private Baseline written(Path file, Triage triage) {
        var findings = triage.findings().stream()
                .filter(each -> each.status() != Status.WAIVED)
                .map(Judged::finding)
                .filter(Triage::mayBeKnown)
                .toList();
        Baseline.write(file, findings);
        say("%d findings are known from now on: %s".formatted(findings.size(), file));
        return Baseline.of(findings);
    }

    private ScanFormat form() {
        if (format != null) {
            return format;
        }
        return output == null ? ScanFormat.TABLE : ScanFormat.promised(output);
    }

    private void printBill(ScanTarget target, ScannedPlace place, SbomFormat standard) throws InterruptedException {
        var packages = new PackageScanner()
                .with(new ScanOptions(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), noIgnore));
        var document = new Bill(packages, access(), clock).of(target, place.subject(), standard);
        if (output == null) {
            terminal.out().print(document);
            terminal.out().flush();
        } else {
            ReportOutput.write(out -> out.write(document), output);
            say("the bill of materials is in " + output);
        }
    }

    private void print(ScanResult result) {
        if (output == null) {
            var form = form().report();
            ReportOutput.print(result, form, terminal.screen(showUndecided), terminal);
            if (form != ReportFormat.TABLE) {
                result.reasons().forEach(this::say);
            }
            return;
        }
        ReportOutput.write(result, form().report(), output);
        result.reasons().forEach(this::say);
        say("%d open findings; the report is in %s".formatted(result.open(), output));
    }

    private void say(String message) {
        if (!quiet) {
            terminal.err().println(message);
        }
    }
}
