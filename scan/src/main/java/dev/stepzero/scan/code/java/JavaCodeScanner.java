package dev.stepzero.scan.code.java;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.RuleHead;
import dev.stepzero.scan.code.java.flow.Analysis;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.java.program.Program;
import dev.stepzero.scan.iac.CommentSuppressions;
import dev.stepzero.scan.reach.BuiltProgram;
import dev.stepzero.scan.sbom.SbomReader;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.Listing;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import dev.stepzero.scan.tree.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a Java program: in a tree by the classes that its build left there, in a pipeline by what was built. Nothing is
 * built for it.
 */
public final class JavaCodeScanner implements TreeScanner {
    private final ScanOptions options;
    private final Clock clock;

    /** A scanner with the rules that come with Stepzero, as {@link java.util.ServiceLoader} makes it. */
    public JavaCodeScanner() {
        this(List.of(), Clock.systemUTC());
    }

    /** A scanner with directories of the user's own rules. */
    public JavaCodeScanner(List<Path> rules, Clock clock) {
        this(new ScanOptions(rules, List.of()), clock);
    }

    private JavaCodeScanner(ScanOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    @Override
    public TreeScanner with(ScanOptions given) {
        return new JavaCodeScanner(given, clock);
    }

    @Override
    public String name() {
        return "code";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return switch (subject) {
            case Subject.SourceTree _ -> true;
            case Subject.BillOfMaterials bill -> bill.built().isPresent();
            case Subject.Image _ -> false;
        };
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        return switch (subject) {
            case Subject.SourceTree tree -> scan(Listing.of(tree.directory(), options.ignored()));
            case Subject.BillOfMaterials bill -> built(bill);
            case Subject.Image image ->
                throw UserError.usage("the code scanner looks at source trees and at what was built of them")
                        .at(image.name());
        };
    }

    @Override
    public ScanReport scan(Listing listing) throws InterruptedException {
        var files = listing.sources();
        var compiled = Compiled.in(files);
        if (compiled.paths().isEmpty()) {
            return new ScanReport(List.of(), List.of(), compiled.coverage());
        }
        try (var program = Program.of(compiled.paths())) {
            return judge(program, files).and(new ScanReport(List.of(), List.of(), compiled.coverage()));
        }
    }

    /** What the build left may be gone: then that is said, and nothing else is lost. */
    private ScanReport built(Subject.BillOfMaterials bill) throws InterruptedException {
        if (bill.built().isEmpty()) {
            return ScanReport.EMPTY;
        }
        var sources = bill.sources().map(path -> TreeFiles.of(path, new Intake()));
        List<Path> own;
        try {
            own = BuiltProgram.of(
                            bill.built().get(), SbomReader.read(bill.document()).inventory())
                    .own();
        } catch (IOException e) {
            var why = new Coverage.Skipped(bill.name(), "the built program cannot be read: " + e.getMessage());
            return new ScanReport(List.of(), List.of(), new Coverage(0, 0, 0, List.of(why)));
        }
        try (var program = Program.of(own)) {
            return judge(program, sources.orElseGet(TreeFiles::none));
        }
    }

    private ScanReport judge(Program program, TreeFiles files) throws InterruptedException {
        var knowledge = Knowledge.with(options.rules());
        var sources = new SourceFiles(program, files);
        var hits = new Analysis(program, knowledge).hits();
        var findings = new ArrayList<>(new HitFindings(knowledge, sources).of(hits));
        findings.sort(Finding.BY_PLACE);
        var outcome = comments(sources).of(findings, RuleHead.names(knowledge.rules()));
        int classes = program.classes().size();
        var notes = sources.missing() == 0 || files.all().isEmpty()
                ? List.<String>of()
                : List.of("%d of %d Java classes have no source in the tree: what is found in them has no file"
                        .formatted(sources.missing(), classes));
        var coverage = new Coverage(files.all().size(), sources.count(), classes, program.skipped(), notes);
        return new ScanReport(outcome.open(), outcome.accepted(), List.of(), coverage);
    }

    /** The comments of all files that were judged: one that accepts nothing is to be said, too. */
    private CommentSuppressions comments(SourceFiles sources) {
        var comments = new CommentSuppressions(clock);
        for (var file : sources.all()) {
            try {
                comments.read(file.path(), file.text());
            } catch (TreeFile.UnreadableFile _) {
                // The classes were judged; a source that is no text accepts nothing.
            }
        }
        return comments;
    }
}
