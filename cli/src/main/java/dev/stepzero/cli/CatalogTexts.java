package dev.stepzero.cli;

import dev.stepzero.govern.report.RuleTexts;
import dev.stepzero.rules.Catalog;
import dev.stepzero.rules.Rule;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.knowledge.Knowledge;
import dev.stepzero.scan.code.pattern.rule.PatternRule;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the rules say of themselves; nothing is read before the first is asked for. */
final class CatalogTexts implements RuleTexts {
    private static final Pattern OF_PATTERNS = Pattern.compile("(?:python|js|javascript|go)-");

    private final List<Path> directories;
    private final Map<String, Optional<String>> known = new HashMap<>();
    private @Nullable Rulebook rules;
    private @Nullable PatternRules patterns;

    CatalogTexts(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    @Override
    public Optional<String> why(String rule) {
        return known.computeIfAbsent(rule, id -> {
            if (id.startsWith("secret-")) {
                return SecretRulebook.builtIn().rule(id).map(SecretRule::why);
            }
            if (id.startsWith("java-")) {
                return Knowledge.with(directories).rule(id).map(CodeRule::why);
            }
            return OF_PATTERNS.matcher(id).lookingAt()
                    ? patterns().rule(id).map(PatternRule::why)
                    : rules().rule(id).map(Rule::why);
        });
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
