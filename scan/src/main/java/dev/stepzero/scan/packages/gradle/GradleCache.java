package dev.stepzero.scan.packages.gradle;

import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The archives that Gradle has on this machine already. Nothing is ever fetched. */
public record GradleCache(Path root) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_+][A-Za-z0-9_+.-]{0,299}");

    /** Where Gradle keeps it: below {@code GRADLE_USER_HOME}, else in the user's home. */
    public static GradleCache of(Path home, Map<String, String> environment) {
        var named = environment.getOrDefault("GRADLE_USER_HOME", "");
        var usual = home.resolve(".gradle");
        try {
            return new GradleCache((named.isEmpty() ? usual : home.resolve(named)).resolve("caches"));
        } catch (InvalidPathException e) {
            return new GradleCache(usual.resolve("caches"));
        }
    }

    /** The archive of a package, which lies in a directory that is called after its hash; empty if it is not there. */
    public Optional<Path> archive(PackageUrl purl) {
        var classifier = purl.qualifier("classifier");
        if (!isPart(purl.namespace()) || !isPart(purl.name()) || !isPart(purl.version())) {
            return Optional.empty();
        }
        var directory = root.resolve("modules-2/files-2.1")
                .resolve(purl.namespace())
                .resolve(purl.name())
                .resolve(purl.version());
        var name = "%s-%s%s.jar".formatted(purl.name(), purl.version(), classifier.isEmpty() ? "" : "-" + classifier);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (var hashes = Files.list(directory)) {
            return hashes.map(hash -> hash.resolve(name))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isPart(String text) {
        return PART.matcher(text).matches() && !text.contains("..");
    }
}
