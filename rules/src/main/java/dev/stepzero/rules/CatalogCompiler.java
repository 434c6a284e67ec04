package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRuleFile;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** What the build runs: compiles and checks the rules that come with Stepzero, and packs them. */
public final class CatalogCompiler {
    private final Path rules;
    private final Path output;

    private CatalogCompiler(Path rules, Path output) {
        this.rules = rules;
        this.output = output;
    }

    /**
     * Compiles what changed since it last did.
     *
     * @param arguments the directory of the rules, that of the classes, and that of the package in it which gets the rules
     */
    public static void main(String[] arguments) throws IOException {
        var classes = Path.of(arguments[1]);
        var compiler = new CatalogCompiler(Path.of(arguments[0]), classes.resolve(arguments[2]));
        try {
            compiler.compile(classes);
        } catch (UserError e) {
            throw new IllegalArgumentException("%s: %s".formatted(e.where().orElse("the catalog"), e.what()), e);
        }
    }

    private void compile(Path classes) throws IOException {
        // What is written last stands for all.
        var stamp = output.resolve(Rulebook.BUILT_IN);
        var newest =
                newest(List.of(rules.resolve("catalog"), rules.resolve("secrets"), rules.resolve("code"), classes));
        if (Files.exists(stamp) && Files.getLastModifiedTime(stamp).compareTo(newest) >= 0) {
            return;
        }
        secrets();
        code(CodeRuleFiles.JAVA);
        for (var language : CodeRuleFiles.OF_PATTERNS) {
            code(language);
        }
        infrastructure();
    }

    /** When the last of them changed; a directory changes when something in it comes or goes. */
    private static FileTime newest(List<Path> directories) throws IOException {
        var newest = FileTime.fromMillis(0);
        for (var directory : directories) {
            try (var files = Files.walk(directory)) {
                for (var file : files.toList()) {
                    var changed = Files.getLastModifiedTime(file);
                    newest = changed.compareTo(newest) > 0 ? changed : newest;
                }
            }
        }
        return newest;
    }

    private void infrastructure() throws IOException {
        var catalog = rules.resolve("catalog");
        var sources = Catalog.read(catalog);
        copyTexts(catalog, output.resolve(RuleText.DIRECTORY));
        Files.write(
                output.resolve(Rulebook.BUILT_IN),
                Rulebook.encode(sources.stream().map(RuleFile.Source::rule).toList()));
    }

    private void code(String language) throws IOException {
        CodeRuleFiles.pack(rules.resolve("code").resolve(language), language, output);
    }

    private void secrets() throws IOException {
        var kinds = SecretRulebook.read(rules.resolve("secrets"));
        Files.createDirectories(output.resolve("secrets"));
        Files.write(
                output.resolve("secrets").resolve("secrets.bin"),
                SecretRulebook.encode(
                        kinds.stream().map(SecretRuleFile.Source::rule).toList()));
        copyTexts(rules.resolve("secrets"), output.resolve(RuleText.DIRECTORY));
    }

    /** Keeps every rule's text, for who wants to read it. */
    private static void copyTexts(Path catalog, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : Catalog.files(catalog)) {
            Files.copy(file, to.resolve(String.valueOf(file.getFileName())), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
