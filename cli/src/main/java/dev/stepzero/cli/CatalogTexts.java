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

    CatalogTexts(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    @Override
    public Optional<String> why(String rule) {
        return known.computeIfAbsent(rule, id -> {
            if (id.startsWith("secret-")) {
                return SecretRulebook.builtIn().rule(id).map(SecretRule::why);
            }
            return id.startsWith("java-")
                    ? Knowledge.with(directories).rule(id).map(CodeRule::why)
                    : rules().rule(id).map(Rule::why);
        });
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
