package dev.stepzero.scan.reach;

import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.gradle.GradleCache;
import dev.stepzero.scan.packages.maven.LocalRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the archives of packages lie on this machine. */
@FunctionalInterface
public interface Jars {
    /** The archive; empty where it is not at hand. */
    Optional<Path> of(PackageUrl purl);

    /** Those that the user's builds fetched with Maven or Gradle. */
    static Jars fetched(Path home, Map<String, String> environment) {
        var maven = LocalRepository.of(home, environment);
        var gradle = GradleCache.of(home, environment);
        return purl -> maven.archive(purl).or(() -> gradle.archive(purl));
    }

    /** Those of a directory in the form of Maven's local repository. */
    static Jars ofRepository(Path directory) {
        return new LocalRepository(directory)::archive;
    }
}
