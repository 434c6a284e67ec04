package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.Component.SourcePackage;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The packages of Alpine's apk and the files that they brought. Each line is a letter, a colon and a value. */
final class ApkDatabase implements FileReader {
    private static final Set<String> PATHS = Set.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");

    @Override
    public boolean takes(String path) {
        return PATHS.contains(path);
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var fields = new HashMap<Character, String>();
        var owned = new HashSet<String>();
        var directory = "";
        for (var line : (Iterable<String>) file.text().lines()::iterator) {
            if (line.isBlank()) {
                add(fields, facts);
                fields.clear();
                directory = "";
            } else if (line.startsWith("F:")) {
                directory = line.substring(2);
            } else if (line.startsWith("R:")) {
                var path = (directory.isEmpty() ? "/" : "/" + directory + "/") + line.substring(2);
                if (OwnedPaths.matters(path)) {
                    owned.add(OwnedPaths.normal(path));
                }
            } else if (line.length() > 2 && line.charAt(1) == ':') {
                fields.putIfAbsent(line.charAt(0), line.substring(2).strip());
            }
        }
        add(fields, facts);
        facts.accept(new Fact.Owned(owned));
    }

    private static void add(Map<Character, String> fields, Consumer<Fact> facts) {
        var name = fields.getOrDefault('P', "");
        var version = fields.getOrDefault('V', "");
        if (name.isEmpty() || version.isEmpty()) {
            return;
        }
        var license = fields.getOrDefault('L', "");
        facts.accept(new Fact.OsPackage(
                "apk",
                name,
                version,
                "",
                fields.getOrDefault('A', ""),
                Optional.of(new SourcePackage(fields.getOrDefault('o', name), version)),
                license.isEmpty() ? List.of() : List.of(license)));
    }
}
