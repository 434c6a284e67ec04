package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build runs: compiles and checks the rules that come with Stepzero, and packs them. */
public final class CatalogCompiler {
    private CatalogCompiler() {}

    /**
     * Compiles a catalog.
     *
     * @param arguments the catalog's directory and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        var output = Path.of(arguments[1]);
        try {
            var rules = Catalog.read(Path.of(arguments[0])).stream()
                    .map(RuleFile.Source::rule)
                    .toList();
            Files.createDirectories(output.getParent());
            Files.write(output, Rulebook.encode(rules));
        } catch (UserError e) {
            throw new IllegalArgumentException("%s: %s".formatted(e.where().orElse("the catalog"), e.what()), e);
        }
    }
}
