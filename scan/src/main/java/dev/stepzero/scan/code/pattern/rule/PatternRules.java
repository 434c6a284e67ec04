package dev.stepzero.scan.code.pattern.rule;

import dev.stepzero.rules.CodeRuleFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that rule files about Python, JavaScript and Go say. */
public final class PatternRules {
    private final PatternRuleFiles files;
    private final boolean areOfUsers;

    private PatternRules(PatternRuleFiles files, boolean areOfUsers) {
        this.files = files;
        this.areOfUsers = areOfUsers;
    }

    /** What there is about all languages. */
    public static PatternRules with(List<Path> directories) {
        return with(directories, CodeRuleFiles.OF_PATTERNS);
    }

    /**
     * What comes with Stepzero about some languages, and what the user's own directories add; of two rules of one id the
     * later counts.
     */
    public static PatternRules with(List<Path> directories, Set<String> languages) {
        var files = new PatternRuleFiles();
        for (var language : languages) {
            CodeRuleFiles.builtIn(language).values().forEach(file -> files.read(file, language));
        }
        return new PatternRules(added(files, directories, languages), !directories.isEmpty());
    }

    /** What the user's own directories have about all languages. @throws dev.stepzero.core.UserError if anything there is no rule */
    public static PatternRules ofUsers(List<Path> directories) {
        return new PatternRules(
                added(new PatternRuleFiles(), directories, CodeRuleFiles.OF_PATTERNS), !directories.isEmpty());
    }

    private static PatternRuleFiles added(PatternRuleFiles files, List<Path> directories, Set<String> languages) {
        for (var directory : directories) {
            CodeRuleFiles.in(directory, languages)
                    .forEach((path, file) -> files.read(file, CodeRuleFiles.language(path)));
        }
        return files;
    }

    /** Whether any of them do not come with Stepzero. */
    public boolean areOfUsers() {
        return areOfUsers;
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
