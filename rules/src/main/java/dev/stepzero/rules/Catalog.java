package dev.stepzero.rules;

import dev.stepzero.core.UserError;
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
     * Reads every rule file in a directory and below.
     *
     * @throws UserError if one cannot be read or is no rule, or two have one id
     */
    public static List<RuleFile.Source> read(Path directory) {
        var reader = new RuleFile();
        var sources = new ArrayList<RuleFile.Source>();
        var seen = new HashMap<String, Path>();
        for (var file : files(directory)) {
            var source = read(reader, file);
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

    private static RuleFile.Source read(RuleFile reader, Path file) {
        try {
            return reader.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw UserError.unreadable("the rule cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        }
    }

    static List<Path> files(Path directory) {
        if (Files.isRegularFile(directory)) {
            return List.of(directory);
        }
        try (var files = Files.walk(directory)) {
            return files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .filter(file -> !PackedTexts.isOfCode(file))
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
