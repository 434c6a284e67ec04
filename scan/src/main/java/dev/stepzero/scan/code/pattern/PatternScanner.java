package dev.stepzero.scan.code.pattern;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.RuleHead;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Parser;
import dev.stepzero.scan.iac.CommentSuppressions;
import dev.stepzero.scan.tree.Listing;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeScanner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Judges the code of a tree in Python, JavaScript, TypeScript and Go, file by file. */
public final class PatternScanner implements TreeScanner {
    private final ScanOptions options;
    private final Clock clock;

    /** A scanner with the rules that come with Stepzero, as {@link java.util.ServiceLoader} makes it. */
    public PatternScanner() {
        this(List.of(), Clock.systemUTC());
    }

    /** A scanner with directories of the user's own rules. */
    public PatternScanner(List<Path> directories, Clock clock) {
        this(new ScanOptions(directories, List.of()), clock);
    }

    private PatternScanner(ScanOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    @Override
    public TreeScanner with(ScanOptions given) {
        return new PatternScanner(given, clock);
    }

    @Override
    public String name() {
        return "code";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return subject instanceof Subject.SourceTree;
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        if (!(subject instanceof Subject.SourceTree tree)) {
            throw UserError.usage("the code scanner looks at source trees").at(subject.name());
        }
        return scan(Listing.of(tree.directory(), options.ignored()));
    }

    @Override
    public ScanReport scan(Listing listing) throws InterruptedException {
        var files = listing.unignored();
        var intake = files.intake();
        var programs = ProgramFile.among(files, intake);
        if (!options.rules().isEmpty()) {
            // A rule of the user that cannot be read is told though it is about another language.
            PatternRules.ofUsers(options.rules());
        }
        if (programs.isEmpty()) {
            return new ScanReport(
                    List.of(), List.of(), intake.coverage(files.all().size(), 0));
        }
        var rules = PatternRules.with(
                options.rules(),
                programs.stream().map(each -> each.language().name()).collect(Collectors.toSet()));
        var judge = new Judge(rules);
        var comments = new CommentSuppressions(clock);
        var findings = new ArrayList<Finding>();
        int judged = 0;
        for (var program : programs) {
            try {
                var written = program.text(intake);
                if (written.isEmpty()) {
                    continue;
                }
                var text = written.get();
                var judgement = judge.judge(program.file().path(), text, program.language());
                comments.read(program.file().path(), text);
                findings.addAll(new PatternFindings(rules, program.file().path(), judgement).all());
                judgement.left().forEach(why -> intake.skipped(program.file().path(), why));
                intake.parsed(program.file().path());
                judged++;
            } catch (TreeFile.UnreadableFile | Parser.Unparsed e) {
                intake.skipped(program.file().path(), String.valueOf(e.getMessage()));
            }
        }
        findings.sort(Finding.BY_PLACE);
        var outcome = comments.of(findings, RuleHead.names(rules.rules()));
        Coverage coverage = intake.coverage(files.all().size(), judged);
        return new ScanReport(outcome.open(), outcome.accepted(), List.of(), coverage);
    }
}
