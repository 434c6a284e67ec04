package dev.stepzero.scan.sarif;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.iac.CommentSuppressions;
import dev.stepzero.scan.tree.Intake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over what other tools found: results of SARIF files become findings on the tree that is scanned. A rule is called
 * {@code tool:rule}, and also by the name that its tool gives it, so that comments and waivers may say either.
 */
public final class SarifScanner implements Scanner {
    private static final int MOST_PROBLEMS = 20;

    private final List<SarifInput> inputs;
    private final List<String> roots;
    private final String prefix;
    private final Clock clock;

    /**
     * A scanner.
     *
     * @param roots directories, as the tools may have known the tree by them, such as {@code /workspace}
     * @param prefix the tree's directory relative to its repository; empty, or ending with a slash
     */
    public SarifScanner(List<SarifInput> inputs, List<String> roots, String prefix, Clock clock) {
        this.inputs = List.copyOf(inputs);
        this.roots = roots.stream()
                .map(root -> root.endsWith("/") ? root : root + "/")
                .toList();
        this.prefix = prefix;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sarif";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return true;
    }

    /**
     * Reads the files. Of an image or a bill of materials no file is read beside them.
     *
     * @throws UserError if one cannot be read, is no SARIF 2.1, or holds more than is read
     */
    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        var sources = new SourceText(
                subject instanceof Subject.SourceTree tree
                        ? Optional.of(directory(tree.directory()))
                        : Optional.empty());
        var report = ScanReport.EMPTY;
        for (var input : inputs) {
            report = report.and(read(input, sources));
        }
        return report;
    }

    private static Path directory(Path given) {
        var parent = given.toAbsolutePath().getParent();
        return Files.isDirectory(given) || parent == null ? given : parent;
    }

    private ScanReport read(SarifInput input, SourceText sources) throws InterruptedException {
        var log = new SarifLog(input);
        var collected = new Collected(input);
        var problems = new Intake();
        var runs = new ArrayList<ToolRun>();
        var results = new ArrayList<ResultFindings>();
        for (var head : log.runs()) {
            var run = new ToolRun(head);
            runs.add(run);
            results.add(new ResultFindings(run, sources, new Places(run, sources, roots, prefix), collected));
        }
        log.results((number, result, cut) -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (cut || !result.isObject()) {
                problem(problems, input, cut, results.get(number).taken());
            }
            if (result.isObject() && number < results.size()) {
                results.get(number).take(result);
            }
        });
        return report(input, runs, results, collected, problems, sources);
    }

    private static void problem(Intake problems, SarifInput input, boolean cut, int number) {
        if (problems.problems().size() < MOST_PROBLEMS) {
            problems.unreadable(
                    input.name(),
                    cut
                            ? "result %d is so large that a part of it was passed over".formatted(number + 1)
                            : "what stands behind result %d is no result".formatted(number));
        }
    }

    private ScanReport report(
            SarifInput input,
            List<ToolRun> runs,
            List<ResultFindings> results,
            Collected collected,
            Intake problems,
            SourceText sources) {
        var skipped = new ArrayList<Coverage.Skipped>();
        var notes = new ArrayList<String>();
        var known = new HashSet<String>();
        for (int i = 0; i < runs.size(); i++) {
            notes.add(note(input, runs.get(i), results.get(i)));
            runs.get(i).gap().ifPresent(gap -> skipped.add(new Coverage.Skipped(input.name(), gap)));
            known.addAll(results.get(i).rules());
        }
        if (runs.isEmpty()) {
            skipped.add(new Coverage.Skipped(input.name(), "it holds no run of any tool"));
        }
        var outcome = comments(collected, sources).of(collected.open(), known);
        var open = new ArrayList<>(outcome.open());
        problems.problems().forEach(each -> open.add(each.finding()));
        var accepted = new ArrayList<>(collected.accepted());
        accepted.addAll(outcome.accepted());
        return new ScanReport(open, accepted, collected.undecided(), new Coverage(1, 1, 0, skipped, notes));
    }

    private static String note(SarifInput input, ToolRun run, ResultFindings results) {
        int taken = results.taken();
        return "%s: %d %s of %s%s"
                .formatted(
                        input.name(),
                        taken,
                        taken == 1 ? "result" : "results",
                        run.tool(),
                        results.accepted() == 0 ? "" : ", of which it calls %d accepted".formatted(results.accepted()));
    }

    /** Comments beside the code accept what another tool found, as they do what we find. */
    private CommentSuppressions comments(Collected collected, SourceText sources) {
        var comments = new CommentSuppressions(clock);
        Set<String> files = new LinkedHashSet<>();
        collected.open().forEach(each -> each.location().file().ifPresent(files::add));
        files.forEach(file -> comments.read(file, sources.text(file)));
        return comments;
    }
}
