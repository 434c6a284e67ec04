package dev.stepzero.scan.packages.gradle;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.ManifestText;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The dependencies that stand in build files as texts, such as {@code implementation 'org.slf4j:slf4j-api:2.0.17'}. Build
 * files are programs; they are not run, so a version that they work out is not known.
 */
final class BuildFiles {
    private static final int LONGEST_LINE = 2_000;
    private static final Pattern DEPENDENCY = Pattern.compile("""
            (?<![\\w.])(\\w*(?i:implementation|api|compile|runtime|compileOnly|runtimeOnly|annotationProcessor|kapt|ksp\
            |classpath|developmentOnly|desugaring))\\s*\\(?\\s*(["'])([\\w.-]+):([\\w.-]+)(?::([^"':@\\s]+))?[^"'\\s]*\\2""");

    private final Intake intake;
    private final Map<TreeFile, List<Written>> files = new LinkedHashMap<>();

    /** A dependency in a build file; without a version where it gives none. */
    private record Written(String configuration, String group, String artifact, String version, int line) {}

    BuildFiles(List<TreeFile> builds, Intake intake) {
        this.intake = intake;
        builds.forEach(file -> new ManifestText(file, intake)
                .lines()
                .map(BuildFiles::written)
                .ifPresent(written -> files.put(file, written)));
    }

    private static List<Written> written(List<String> lines) {
        var code = new CodeLines(lines);
        var written = new ArrayList<Written>();
        for (int i = 0; i < lines.size(); i++) {
            var line = code.next();
            if (line.length() > LONGEST_LINE) {
                continue;
            }
            var dependency = DEPENDENCY.matcher(line);
            while (dependency.find()) {
                var version = dependency.group(5);
                written.add(new Written(
                        dependency.group(1),
                        dependency.group(3),
                        dependency.group(4),
                        version == null ? "" : version,
                        i + 1));
            }
        }
        return written;
    }

    /** What the build files ask for, each as {@code group:artifact}. */
    Set<String> names() {
        return files.values().stream()
                .flatMap(List::stream)
                .map(each -> each.group() + ":" + each.artifact())
                .collect(Collectors.toSet());
    }

    /** Adds what stands in the files, but for those of which a lockfile tells more. */
    void addTo(Inventory.Collector packages, Predicate<TreeFile> locked) {
        files.forEach((file, written) -> {
            if (!written.isEmpty() && !locked.test(file)) {
                intake.skipped(
                        file.path(),
                        "there is no lockfile: only the versions that stand here are known, not what they bring in");
                written.forEach(each -> add(each, file, packages));
            }
        });
    }

    private void add(Written written, TreeFile file, Inventory.Collector packages) {
        var version = DynamicVersion.isOne(written.version()) ? written.version() : "";
        packages.add(Component.of(
                PackageUrl.of("maven", written.group(), written.artifact(), version),
                Configurations.scope(written.configuration()),
                true,
                Place.of(file.path(), written.line())));
        if (version.isEmpty()) {
            intake.skipped(
                    file.path(),
                    "%s:%s is not matched, as its version cannot be told"
                            .formatted(written.group(), written.artifact()));
        }
    }
}
