package dev.stepzero.cli;

import dev.stepzero.govern.report.RuleTexts;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.RuleHead;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the rules say of themselves; nothing is read before the first is asked for. */
final class CatalogTexts implements RuleTexts {
    private final List<Path> directories;
    private final Map<String, Optional<String>> known = new HashMap<>();
    private @Nullable Rulebook rules;
    private @Nullable Knowledge java;
    private @Nullable PatternRules patterns;

    CatalogTexts(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    @Override
    public Optional<String> why(String rule) {
        return known.computeIfAbsent(
                rule,
                id -> rules().rule(id)
                        .map(RuleHead::why)
                        .or(() -> SecretRulebook.builtIn().rule(id).map(SecretRule::why))
                        .or(() -> java().rule(id).map(RuleHead::why))
                        .or(() -> patterns().rule(id).map(RuleHead::why)));
    }

    private Knowledge java() {
        if (java == null) {
            java = Knowledge.with(directories);
        }
        return java;
    }

    private PatternRules patterns() {
        if (patterns == null) {
            patterns = PatternRules.with(directories);
        }
        return patterns;
    }

    private Rulebook rules() {
        if (rules == null) {
            rules = Rulebook.builtIn();
            for (var directory : directories) {
                rules = rules.with(Rulebook.of(Catalog.read(directory).stream()
                        .map(RuleFile.Source::rule)
                        .toList()));
            }
        }
        return rules;
    }
}
