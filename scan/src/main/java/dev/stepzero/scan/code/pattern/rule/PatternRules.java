package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.rules.PackedTexts;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All that rule files about Python, JavaScript and Go say. */
public final class PatternRules {
    private final PatternRuleFiles files;

    private PatternRules(PatternRuleFiles files) {
        this.files = files;
    }

    /** What comes with Stepzero, and what the user's own directories add; of two rules of one id the later counts. */
    public static PatternRules with(List<Path> directories) {
        var files = new PatternRuleFiles();
        PackedTexts.patterns().forEach(files::read);
        for (var directory : directories) {
            PackedTexts.in(directory)
                    .forEach((path, text) -> files.read(directory.resolve(path).toString(), text));
        }
        return new PatternRules(files);
    }

    public Collection<PatternRule> rules() {
        return files.rules.values();
    }

    public Optional<PatternRule> rule(String id) {
        return Optional.ofNullable(files.rules.get(id));
    }

    public Collection<Framework> frameworks() {
        return files.frameworks.values();
    }
}
