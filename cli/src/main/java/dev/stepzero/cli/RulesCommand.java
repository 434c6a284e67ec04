package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.Rule;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.iac.RuleExamples;
import dev.stepzero.scan.secrets.SecretExamples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
        rules.stream()
                .sorted(Comparator.comparing(Rule::severity).reversed().thenComparing(Rule::id))
                .forEach(rule -> row(rule.severity(), rule.id(), rule.title()));
        if (kind == null || kind.equals("secret")) {
            SecretRulebook.builtIn().rules().stream()
                    .sorted(Comparator.comparing(SecretRule::severity)
                            .reversed()
                            .thenComparing(SecretRule::id))
                    .forEach(rule -> row(rule.severity(), rule.id(), rule.title()));
        }
        terminal.out().flush();
        return 0;
    }

    private void row(Severity severity, String id, String title) {
        terminal.out().printf("%-9s %-58s %s%n", severity.name().toLowerCase(Locale.ROOT), id, title);
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a rule by its id or an alias.")
    int show(@Parameters(paramLabel = "ID") String id) {
        var secret = SecretRulebook.builtIn().rule(id);
        if (secret.isPresent()) {
            new RulePage(terminal).print(secret.get());
            return 0;
        }
        var book = Rulebook.builtIn();
        var rule = book.rule(id)
                .or(() -> book.rules().stream()
                        .filter(each -> each.aliases().stream().anyMatch(id::equalsIgnoreCase))
                        .findFirst())
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
        terminal.out().printf("%d rules, %d of them wrong%n", sources.size() + secrets.size(), failed);
        terminal.out().flush();
        return failed == 0 ? 0 : ExitStatus.BLOCKED.code();
    }

    private int tell(String id, List<String> failures) {
        terminal.out().printf("%s %s%n", failures.isEmpty() ? "✔" : "✘", id);
        failures.forEach(failure -> terminal.out().printf("    %s%n", failure));
        return failures.isEmpty() ? 0 : 1;
    }
}
