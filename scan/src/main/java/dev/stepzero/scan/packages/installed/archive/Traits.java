package dev.stepzero.scan.packages.installed.archive;

import dev.stepzero.core.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the texts of an archive say about what it is. Maven's {@code pom.properties} is believed first, one for each
 * library where several were merged; then the manifest together with the file's name.
 */
final class Traits {
    private static final String PROPERTIES = "pom.properties";
    private static final String POM = "pom.xml";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final ArchiveName name;
    private final Map<String, Coordinates> coordinates = new LinkedHashMap<>();
    private final Map<String, List<String>> licenses = new HashMap<>();
    private Map<String, String> manifest = Map.of();

    private record Coordinates(String group, String artifact, String version) {
        boolean areWhole() {
            return List.of(group, artifact, version).stream().noneMatch(part -> part.isBlank() || part.contains("${"));
        }
    }

    Traits(String fileName) {
        name = ArchiveName.of(fileName);
    }

    /** Whether an entry is one of the texts. */
    static boolean tells(String path) {
        return path.equals(MANIFEST) || is(path, PROPERTIES) || (path.startsWith("META-INF/maven/") && is(path, POM));
    }

    private static boolean is(String path, String name) {
        return path.endsWith(name)
                && (path.length() == name.length() || path.charAt(path.length() - name.length() - 1) == '/');
    }

    void add(String path, String text) {
        var folder = path.substring(0, path.lastIndexOf('/') + 1);
        if (path.equals(MANIFEST)) {
            manifest = ManifestText.mainAttributes(text);
        } else if (is(path, PROPERTIES)) {
            var values = properties(text);
            coordinates.put(
                    folder,
                    new Coordinates(
                            values.getOrDefault("groupId", ""),
                            values.getOrDefault("artifactId", ""),
                            values.getOrDefault("version", "")));
        } else {
            licenses.put(folder, PomLicenses.read(text));
        }
    }

    /** Maven writes no escapes, continuations or other finesse of the format. */
    private static Map<String, String> properties(String text) {
        var values = new HashMap<String, String>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        });
        return values;
    }

    /** The archive itself, where it can be told, and what was merged into it. */
    List<JavaLibrary> conclude(String within, Digest digest) {
        var all = new ArrayList<JavaLibrary>();
        var own = own();
        coordinates.forEach((folder, each) -> {
            if (each.areWhole()) {
                all.add(new JavaLibrary(
                        each.group,
                        each.artifact,
                        each.version,
                        within,
                        own.filter(folder::equals).map(_ -> digest),
                        licenses.getOrDefault(folder, List.of())));
            }
        });
        var bare =
                own.isEmpty() && all.stream().noneMatch(each -> each.version().equals(name.version()));
        if (bare && (all.isEmpty() || !name.version().isEmpty())) {
            fromManifestAndName(within, digest).ifPresent(all::add);
        }
        return all;
    }

    /** The folder of the coordinates that are the archive's own: those that its name has, or the only ones. */
    private Optional<String> own() {
        var whole = coordinates.entrySet().stream()
                .filter(each -> each.getValue().areWhole())
                .toList();
        return whole.stream()
                .filter(each -> name.isOf(each.getValue().artifact))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> whole.size() == 1 && name.version().isEmpty()
                        ? Optional.of(whole.getFirst().getKey())
                        : Optional.empty());
    }

    private Optional<JavaLibrary> fromManifestAndName(String within, Digest digest) {
        var bundle = ManifestText.bare(manifest.getOrDefault("Bundle-SymbolicName", ""));
        var title = manifest.getOrDefault("Implementation-Title", "");
        var artifact = !name.version().isEmpty() ? name.artifact() : ManifestText.isName(title) ? title : bundle;
        var version = !name.version().isEmpty()
                ? name.version()
                : manifest.getOrDefault("Implementation-Version", manifest.getOrDefault("Bundle-Version", ""));
        if (!ManifestText.isName(artifact) || !ManifestText.isVersion(version)) {
            return Optional.empty();
        }
        var license = manifest.getOrDefault("Bundle-License", "");
        return Optional.of(new JavaLibrary(
                group(artifact, bundle),
                artifact,
                version,
                within,
                Optional.of(digest),
                license.isBlank() ? List.of() : List.of(license)));
    }

    private String group(String artifact, String bundle) {
        var vendor = manifest.getOrDefault("Implementation-Vendor-Id", "");
        if (vendor.contains(".") && ManifestText.isName(vendor)) {
            return vendor;
        }
        for (var dotted : List.of(artifact, bundle)) {
            if (dotted.indexOf('.') > 0 && ManifestText.isName(dotted)) {
                return dotted.substring(0, dotted.lastIndexOf('.'));
            }
        }
        return artifact;
    }
}
