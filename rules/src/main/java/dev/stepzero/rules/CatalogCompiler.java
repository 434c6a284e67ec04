package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRuleFile;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the build runs: compiles and checks the rules that come with Stepzero, and packs them. */
public final class CatalogCompiler {
    private CatalogCompiler() {}

    /**
     * Compiles a catalog.
     *
     * @param arguments the catalog's directory, the file to write, and the directory of kinds of credentials
     */
    public static void main(String[] arguments) throws IOException {
        var output = Path.of(arguments[1]);
        try {
            var catalog = Path.of(arguments[0]);
            var sources = Catalog.read(catalog);
            Files.createDirectories(output.getParent());
            Files.write(
                    output,
                    Rulebook.encode(sources.stream().map(RuleFile.Source::rule).toList()));
            copyTexts(catalog, output.resolveSibling(RuleText.DIRECTORY));
            var secrets = Path.of(arguments[2]);
            var kinds = SecretRulebook.read(secrets);
            Files.createDirectories(output.resolveSibling("secrets"));
            Files.write(
                    output.resolveSibling("secrets").resolve("secrets.bin"),
                    SecretRulebook.encode(
                            kinds.stream().map(SecretRuleFile.Source::rule).toList()));
            copyTexts(secrets, output.resolveSibling(RuleText.DIRECTORY));
        } catch (UserError e) {
            throw new IllegalArgumentException("%s: %s".formatted(e.where().orElse("the catalog"), e.what()), e);
        }
    }

    /** Keeps every rule's text, for who wants to read it. */
    private static void copyTexts(Path catalog, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : Catalog.files(catalog)) {
            Files.copy(file, to.resolve(String.valueOf(file.getFileName())), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
