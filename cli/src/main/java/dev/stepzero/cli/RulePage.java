package dev.stepzero.cli;

import dev.stepzero.core.Stride;
import dev.stepzero.govern.report.Wrapped;
import dev.stepzero.rules.Rule;
import dev.stepzero.rules.RuleHead;
import dev.stepzero.rules.RuleText;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.pattern.rule.PatternRule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule as a page for people. */
final class RulePage {
    private static final int LABEL = 11;

    private final Terminal terminal;

    RulePage(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A rule about code: what it looks for stands in its own file. */
    void print(CodeRule rule) {
        head(rule, "compiled Java");
        code(rule.bad(), rule.good());
    }

    /** The same. */
    void print(PatternRule rule) {
        head(rule, rule.language().equals("javascript") ? "javascript, typescript" : rule.language());
        code(rule.bad(), rule.good());
    }

    private void code(List<String> bad, List<String> good) {
        bad.stream().findFirst().ifPresent(example -> block("Wrong", example));
        good.stream().findFirst().ifPresent(example -> block("Right", example));
        end();
    }

    void print(Rule rule) {
        var kinds = rule.looks().stream().flatMap(look -> look.kinds().stream()).distinct();
        head(rule, kinds.collect(Collectors.joining(", ")));
        RuleText.of(rule.id()).ifPresent(text -> {
            terminal.out().printf("%nIt fails where%n");
            RuleText.conditions(rule.id(), text)
                    .forEach(each -> Wrapped.at(terminal.width() - 4, each.replaceAll("\\s+", " "))
                            .forEach(line -> terminal.out().printf("  %s%n", line)));
            examples(RuleText.examples(rule.id(), text));
        });
        end();
    }

    private void head(RuleHead rule, String looksAt) {
        title(rule.title());
        row("rule", rule.id());
        row("severity", rule.severity().label());
        row("threats", rule.stride().stream().map(Stride::label).sorted().collect(Collectors.joining(", ")));
        row("looks at", looksAt);
        row("controls", String.join(", ", rule.controls()));
        row("also", String.join(", ", rule.aliases()));
        section("Why it matters", rule.why());
        section("How to mend it", rule.fix());
    }

    private void title(String title) {
        terminal.out().printf("%n%s%n%s%n%n", title, "─".repeat(Math.min(title.length(), terminal.width())));
    }

    private void end() {
        terminal.out().println();
        terminal.out().flush();
    }

    /** A kind of credential: what it looks like stands in the rule's own file. */
    void print(SecretRule rule) {
        title(rule.title());
        row("rule", rule.id());
        row("severity", rule.severity().label());
        row("looks for", String.join(", ", rule.keywords()));
        row("form", rule.expression());
        row(
                "checksum",
                rule.checksum()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .orElse(""));
        row("asks", rule.probe().map(SecretRule.Probe::url).orElse(""));
        row("controls", String.join(", ", SecretRule.controls()));
        row("also", String.join(", ", rule.aliases()));
        section("Why it matters", rule.why());
        section("How to mend it", rule.fix());
        end();
    }

    private void examples(List<String> examples) {
        if (examples.size() == 2) {
            block("Wrong", examples.getFirst());
            block("Right", examples.getLast());
        }
    }

    private void row(String label, String value) {
        if (!value.isEmpty()) {
            terminal.out().printf("%-" + LABEL + "s%s%n", label, value);
        }
    }

    private void section(String title, String text) {
        terminal.out().printf("%n%s%n", title);
        Wrapped.at(terminal.width() - 2, text).forEach(line -> terminal.out().printf("  %s%n", line));
    }

    private void block(String title, String text) {
        if (!title.isEmpty()) {
            terminal.out().printf("%n%s%n", title);
        }
        text.lines().forEach(line -> terminal.out().printf("  %s%n", line));
    }
}
