package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** A directory of rule files. */
public final class Catalog {
    private Catalog() {}

    /**
     * Reads every rule file about resources in a directory and below; those about credentials are
     * {@linkplain dev.stepzero.rules.secrets.SecretRulebook#read read} elsewhere.
     *
     * @throws UserError if one cannot be read or is no rule, or two have one id
     */
    public static List<RuleFile.Source> read(Path directory) {
        var reader = new RuleFile();
        var sources = new ArrayList<RuleFile.Source>();
        var seen = new HashMap<String, Path>();
        for (var file : files(directory)) {
            var text = text(file);
            if (SecretRuleFile.isOne(text)) {
                continue;
            }
            var source = reader.read(file.toString(), text);
            var twin = seen.put(source.rule().id(), file);
            if (twin != null) {
                throw UserError.unreadable("another rule has the id '%s': %s"
                                .formatted(source.rule().id(), twin))
                        .at(file.toString())
                        .fix("give each rule a name of its own");
            }
            sources.add(source);
        }
        return sources;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw UserError.unreadable("the rule cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        }
    }

    /** The rule files of a directory and below, in the order of their paths; or the one file. */
    public static List<Path> files(Path directory) {
        if (Files.isRegularFile(directory)) {
            return List.of(directory);
        }
        try (var files = Files.walk(directory)) {
            return files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .filter(file -> !CodeRuleFiles.isOne(file))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw UserError.unreadable("the rules cannot be listed: " + e.getMessage())
                    .at(directory.toString())
                    .fix("name a directory of rule files")
                    .because(e);
        }
    }
}
