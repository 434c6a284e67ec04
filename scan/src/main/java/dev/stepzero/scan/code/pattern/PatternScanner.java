package dev.stepzero.scan.code.pattern;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Finding;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Parser;
import dev.stepzero.scan.iac.CommentSuppressions;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges the code of a tree in Python, JavaScript, TypeScript and Go, file by file. */
public final class PatternScanner implements Scanner {
    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(
                    (Finding finding) -> finding.location().file().orElse(""))
            .thenComparingInt(finding -> finding.location().startLine())
            .thenComparing(Finding::rule)
            .thenComparing(Finding::fingerprint);

    private final List<Path> directories;
    private final Clock clock;

    /** A scanner with the rules that come with Stepzero, as {@link java.util.ServiceLoader} makes it. */
    public PatternScanner() {
        this(List.of(), Clock.systemUTC());
    }

    /** A scanner with directories of the user's own rules. */
    public PatternScanner(List<Path> directories, Clock clock) {
        this.directories = List.copyOf(directories);
        this.clock = clock;
    }

    @Override
    public Scanner with(ScanOptions options) {
        return new PatternScanner(options.rules(), clock);
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
        var intake = new Intake();
        var files = TreeFiles.of(tree.directory(), intake);
        var programs = ProgramFile.among(files, intake);
        if (programs.isEmpty()) {
            return new ScanReport(
                    List.of(), List.of(), intake.coverage(files.all().size(), 0));
        }
        var rules = PatternRules.with(
                directories,
                programs.stream().map(each -> each.language().name()).collect(Collectors.toSet()));
        var judge = new Judge(rules);
        var comments = new CommentSuppressions(clock);
        var findings = new ArrayList<Finding>();
        int judged = 0;
        for (var program : programs) {
            try {
                var text = program.file().text();
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
        findings.sort(BY_PLACE);
        var outcome = comments.of(findings, names(rules));
        Coverage coverage = intake.coverage(files.all().size(), judged);
        return new ScanReport(outcome.open(), outcome.accepted(), List.of(), coverage);
    }

    private static Set<String> names(PatternRules rules) {
        var names = new HashSet<String>();
        for (var rule : rules.rules()) {
            names.add(rule.id());
            rule.aliases().forEach(alias -> names.add(alias.toLowerCase(Locale.ROOT)));
        }
        return names;
    }
}
