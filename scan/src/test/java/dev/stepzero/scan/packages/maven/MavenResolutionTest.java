package dev.stepzero.scan.packages.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.ManifestTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What projects get, held to what Maven 3.9.16 itself gave them, as recorded in {@code resolution.txt}. */
class MavenResolutionTest {
    @TempDir
    Path directory;

    /** The files in the record, by their paths. */
    private static Map<String, String> record() throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var stream = MavenResolutionTest.class.getResourceAsStream("resolution.txt")) {
            for (var part : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^== ")) {
                int end = part.indexOf('\n');
                files.put(part.substring(0, end), part.substring(end + 1));
            }
        }
        return files;
    }

    static Stream<String> projects() throws IOException {
        return record().keySet().stream()
                .filter(path -> path.startsWith("projects/"))
                .map(path -> path.split("/")[1])
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void everyProjectGetsWhatMavenGivesIt(String project) throws Exception {
        var tree = new ManifestTree(Files.createDirectories(directory.resolve("tree")));
        var modules = new java.util.ArrayList<String>();
        for (var file : record().entrySet()) {
            if (file.getKey().startsWith("repository/")) {
                var path = directory.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            } else if (file.getKey().startsWith("projects/" + project + "/")) {
                tree.with(file.getKey().substring("projects/".length() + project.length() + 1), file.getValue());
                modules.add(file.getKey().replaceFirst("/pom.xml$", "").replaceFirst(".*/", ""));
            }
        }

        tree.readBy(new MavenReader(directory.resolve("repository")));

        var found = new TreeMap<String, Scope>();
        tree.inventory().components().forEach(each -> found.put(each.purl().toString(), each.scope()));
        assertThat(found).isEqualTo(expected(record().get("maven.txt"), modules));
        assertThat(tree.problems()).isEmpty();
        assertThat(tree.skipped()).isEmpty();
    }

    /** The lines of some modules; of a package that several of them get, the weightiest scope. */
    private static Map<String, Scope> expected(String trees, java.util.List<String> modules) {
        var expected = new TreeMap<String, Scope>();
        var current = "";
        for (var line : trees.lines().toList()) {
            var artifact = line.replaceFirst("^[|+\\\\ -]+", "");
            if (artifact.equals(line)) {
                current = line.split(":")[1];
            } else if (modules.contains(current) && !artifact.startsWith("app:")) {
                boolean optional = artifact.endsWith(" (optional)");
                var parts = artifact.replace(" (optional)", "").split(":");
                expected.merge(
                        purl(parts),
                        scope(parts[parts.length - 1], optional),
                        (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
        return expected;
    }

    private static String purl(String[] parts) {
        var qualifiers = new TreeMap<String, String>();
        if (!parts[2].equals("jar") && !parts[2].equals("test-jar")) {
            qualifiers.put("type", parts[2]);
        }
        if (parts.length == 6) {
            qualifiers.put("classifier", parts[3]);
        }
        var query = qualifiers.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        return "pkg:maven/%s/%s@%s%s"
                .formatted(parts[0], parts[1], parts[parts.length - 2], query.isEmpty() ? "" : "?" + query);
    }

    private static Scope scope(String scope, boolean optional) {
        return switch (scope) {
            case "test" -> Scope.DEVELOPMENT;
            case "provided" -> Scope.PROVIDED;
            default -> optional ? Scope.OPTIONAL : Scope.RUNTIME;
        };
    }
}
