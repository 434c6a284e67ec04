package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.CodeRuleFiles;
import dev.stepzero.rules.RuleYaml;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.code.java.CodeExamples;
import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.pattern.PatternExamples;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.iac.RuleExamples;
import dev.stepzero.scan.secrets.SecretExamples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, shows and tests rules. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Lists the rules, shows one as a page, or tests a directory of your own on their examples.",
        footer = {
            "",
            "Examples:",
            "  stepzero rules list --for aws_s3_bucket",
            "  stepzero rules list --for secret",
            "  stepzero rules show aws-security-group-ingress-admin-open",
            "  stepzero rules test my-rules/"
        })
final class RulesCommand implements Callable<Integer> {
    private final Terminal terminal;

    RulesCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return list(null);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the rules, worst first.")
    int list(
            @Option(names = "--for", paramLabel = "KIND", description = "Only those that look at this kind.") @Nullable
                    String kind) {
        var book = Rulebook.builtIn();
        var rules = kind == null ? book.rules() : book.forKind(kind);
        var all = rules.stream().map(rule -> new Line(rule.severity(), rule.id(), rule.title()));
        Stream.of(all, code(kind), patterns(kind), secrets(kind))
                .flatMap(lines -> lines)
                .sorted(Comparator.comparing(Line::severity).reversed().thenComparing(Line::id))
                .forEach(line -> terminal.out().printf("%-9s %-58s %s%n", line.level(), line.id(), line.title()));
        terminal.out().flush();
        return 0;
    }

    private static Stream<Line> code(@Nullable String kind) {
        return kind == null || kind.equals("java")
                ? Knowledge.with(List.of()).rules().stream()
                        .map(rule -> new Line(rule.severity(), rule.id(), rule.title()))
                : Stream.empty();
    }

    private static Stream<Line> patterns(@Nullable String kind) {
        return PatternRules.with(List.of()).rules().stream()
                .filter(rule -> kind == null || kind.equals(rule.language()))
                .map(rule -> new Line(rule.severity(), rule.id(), rule.title()));
    }

    private static Stream<Line> secrets(@Nullable String kind) {
        return kind == null || kind.equals("secret")
                ? SecretRulebook.builtIn().rules().stream()
                        .map(rule -> new Line(rule.severity(), rule.id(), rule.title()))
                : Stream.empty();
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a rule by its id or an alias.")
    int show(@Parameters(paramLabel = "ID") String id) {
        var secret = SecretRulebook.builtIn().rule(id);
        if (secret.isPresent()) {
            new RulePage(terminal).print(secret.get());
            return 0;
        }
        var code = Knowledge.with(List.of()).rules().stream()
                .filter(each -> each.isCalled(id))
                .findFirst();
        if (code.isPresent()) {
            new RulePage(terminal).print(code.get());
            return 0;
        }
        var pattern = PatternRules.with(List.of()).rules().stream()
                .filter(each -> each.isCalled(id))
                .findFirst();
        if (pattern.isPresent()) {
            new RulePage(terminal).print(pattern.get());
            return 0;
        }
        var book = Rulebook.builtIn();
        var rule = book.rule(id)
                .or(() ->
                        book.rules().stream().filter(each -> each.isCalled(id)).findFirst())
                .orElseThrow(() ->
                        UserError.usage("there is no rule '%s'".formatted(id)).fix("see: stepzero rules list"));
        new RulePage(terminal).print(rule);
        return 0;
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Runs the examples of every rule in a directory.")
    int test(@Parameters(paramLabel = "DIR") Path directory) throws InterruptedException {
        int failed = 0;
        var sources = Catalog.read(directory);
        for (var source : sources) {
            var failures = RuleExamples.failures(source);
            failed += tell(source.rule().id(), failures);
        }
        var secrets = SecretRulebook.read(directory);
        for (var source : secrets) {
            failed += tell(source.rule().id(), SecretExamples.failures(source));
        }
        var code = code(directory);
        for (var rule : code.entrySet()) {
            failed += tell(rule.getKey().id(), rule.getValue());
        }
        var patterns = patterns(directory);
        for (var rule : patterns.entrySet()) {
            failed += tell(rule.getKey(), rule.getValue());
        }
        int tested = sources.size() + secrets.size() + code.size() + patterns.size();
        terminal.out().printf("%s, %d of them wrong%n", tested == 1 ? "1 rule" : tested + " rules", failed);
        terminal.out().flush();
        return failed == 0 ? 0 : ExitStatus.BLOCKED.code();
    }

    /** What is wrong with the examples of the rules about Java code in a directory. */
    private static Map<CodeRule, List<String>> code(Path directory) throws InterruptedException {
        var own = ids(directory, Set.of(CodeRuleFiles.JAVA));
        // What is said of frameworks may be wrong as well.
        var knowledge = Knowledge.with(List.of(directory));
        if (own.isEmpty()) {
            return Map.of();
        }
        var rules = knowledge.rules().stream()
                .filter(rule -> own.contains(rule.id()))
                .toList();
        return new CodeExamples(knowledge).failures(rules);
    }

    /** What is wrong with the examples of the rules about Python, JavaScript and Go in a directory, by their ids. */
    private static Map<String, List<String>> patterns(Path directory) throws InterruptedException {
        var own = ids(directory, CodeRuleFiles.OF_PATTERNS);
        var failures = new LinkedHashMap<String, List<String>>();
        if (own.isEmpty()) {
            return failures;
        }
        var rules = PatternRules.with(List.of(directory));
        var examples = new PatternExamples(rules);
        for (var rule : rules.rules()) {
            if (own.contains(rule.id())) {
                failures.put(rule.id(), examples.failures(rule));
            }
        }
        return failures;
    }

    private static Set<String> ids(Path directory, Set<String> languages) {
        return CodeRuleFiles.in(directory, languages).values().stream()
                .filter(file -> file.optional("framework").isEmpty())
                .map(RuleYaml::id)
                .collect(Collectors.toSet());
    }

    /** A rule in a list. */
    private record Line(Severity severity, String id, String title) {
        String level() {
            return severity.label();
        }
    }

    private int tell(String id, List<String> failures) {
        terminal.out().printf("%s %s%n", failures.isEmpty() ? "✔" : "✘", id);
        failures.forEach(failure -> terminal.out().printf("    %s%n", failure));
        return failures.isEmpty() ? 0 : 1;
    }
}
