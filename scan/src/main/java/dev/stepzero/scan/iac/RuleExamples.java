package dev.stepzero.scan.iac;

import dev.stepzero.core.Finding;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tries a rule on its own examples: each bad one must be found, no good one may be. */
public final class RuleExamples {
    private static final Map<String, String> FILES = Map.of(
            "terraform", "main.tf",
            "cloudformation", "template.yaml",
            "kubernetes", "manifest.yaml",
            "dockerfile", "Dockerfile",
            "compose", "compose.yaml",
            "github-actions", ".github/workflows/workflow.yml");

    private RuleExamples() {}

    /** What is wrong with a rule's examples; empty when all come out as they should. */
    public static List<String> failures(RuleFile.Source source) throws InterruptedException {
        var judge = new Judge(Rulebook.of(List.of(source.rule())));
        var failures = new ArrayList<String>();
        for (var format : source.examples().entrySet()) {
            var file = FILES.get(format.getKey());
            if (file == null) {
                failures.add("'%s' is no format: %s".formatted(format.getKey(), FILES.keySet()));
                continue;
            }
            var examples = format.getValue();
            if (examples.bad().isEmpty() || examples.good().isEmpty()) {
                failures.add("%s needs a bad and a good example".formatted(format.getKey()));
            }
            for (int i = 0; i < examples.bad().size(); i++) {
                check(
                        judge,
                        file,
                        examples.bad().get(i),
                        true,
                        "%s bad example %d".formatted(format.getKey(), i + 1),
                        failures);
            }
            for (int i = 0; i < examples.good().size(); i++) {
                check(
                        judge,
                        file,
                        examples.good().get(i),
                        false,
                        "%s good example %d".formatted(format.getKey(), i + 1),
                        failures);
            }
        }
        if (source.examples().isEmpty()) {
            failures.add("it has no examples");
        }
        return failures;
    }

    private static void check(Judge judge, String file, String text, boolean bad, String what, List<String> failures)
            throws InterruptedException {
        var outcome = judge(judge, file, text);
        outcome.problems().forEach(problem -> failures.add("%s cannot be read: %s".formatted(what, problem)));
        if (bad && outcome.findings().isEmpty()) {
            failures.add(
                    outcome.undecided().isEmpty()
                            ? what + " is not found"
                            : "%s stays undecided: %s".formatted(what, outcome.undecided()));
        }
        if (!bad && !outcome.findings().isEmpty()) {
            failures.add("%s is found: %s"
                    .formatted(what, outcome.findings().getFirst().message()));
        }
    }

    /** What a judge says about one file's text. */
    public record Outcome(List<Finding> findings, List<String> undecided, List<String> problems) {}

    /** Judges one text as if it were the only file of a tree. */
    public static Outcome judge(Judge judge, String file, String text) throws InterruptedException {
        try {
            var directory = Files.createTempDirectory("stepzero-example");
            try {
                var name = file.equals("template.yaml") && text.stripLeading().startsWith("{") ? "template.json" : file;
                var path = directory.resolve(name);
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
                return outcome(judge, Infrastructure.read(directory));
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw UserError.engine("an example cannot be written: " + e.getMessage())
                    .because(e);
        }
    }

    private static Outcome outcome(Judge judge, Infrastructure infrastructure) {
        var findings = new ArrayList<Finding>();
        var undecided = new ArrayList<String>();
        for (var configuration : infrastructure.configurations()) {
            var judgement = judge.judge(configuration.resources());
            findings.addAll(judgement.findings());
            judgement.undecided().forEach(each -> undecided.add(String.join(" <- ", each.because())));
        }
        var problems = infrastructure.intake().problems().stream()
                .map(problem -> "line %d: %s".formatted(problem.position().line(), problem.message()))
                .toList();
        return new Outcome(findings, undecided, problems);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
