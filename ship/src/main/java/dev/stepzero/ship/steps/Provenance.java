package dev.stepzero.ship.steps;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.evidence.Passport;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.image.BuiltImage;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A SLSA provenance v1 predicate: from what, by whom and how an image was built. */
record Provenance(BuildDefinition buildDefinition, RunDetails runDetails) {
    private static final String BUILDER = "https://stepzero.dev/builder/";

    /** What was asked for from outside, what the builder decided by itself, and what it was made of. */
    record BuildDefinition(
            String buildType,
            Map<String, String> externalParameters,
            Map<String, String> internalParameters,
            List<Dependency> resolvedDependencies) {}

    /** An in-toto resource descriptor; what is empty is not written. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Dependency(String name, String uri, Map<String, String> digest, Map<String, String> annotations) {}

    record RunDetails(Builder builder, Map<String, String> metadata) {}

    record Builder(String id, Map<String, String> version) {}

    /**
     * What a run knows of a build.
     *
     * @param run the run that builds
     * @param isolated whether the project's commands ran in containers: the id of the builder says so, since a verifier
     *     may trust one kind and not the other
     * @param toolchain the digest of the image that they ran in, or empty
     * @param lock the lock file of the base, if there is one
     * @param rebuild why that lock is not the commit's own, if it is not
     * @param libraries jars that go into the image beside the application's own
     * @param ended when the image was there
     */
    record Circumstances(
            Run run,
            boolean isolated,
            String toolchain,
            Optional<Path> lock,
            Optional<Rebuild> rebuild,
            List<Path> libraries,
            Instant ended) {}

    static Provenance of(Project project, Commit commit, BuiltImage image, Circumstances build) throws IOException {
        var run = build.run();
        var kind = project.plan().label().toLowerCase(Locale.ROOT);
        return new Provenance(
                new BuildDefinition(
                        "https://stepzero.dev/build/" + kind + "/v1",
                        Map.of(
                                "application", project.app(),
                                "artifact", project.plan().artifact(),
                                "command", project.plan().build(),
                                "commit", commit.id(),
                                "source", commit.source()),
                        Map.of(
                                "base", image.machineBase() ? "machine" : "debian",
                                "isolation", isolation(build),
                                "jdk", Runtime.version().toString(),
                                "pipeline", run.key().pipeline()),
                        dependencies(commit, image, build)),
                new RunDetails(
                        new Builder(BUILDER + isolation(build) + "/v1", Map.of("stepzero", version())),
                        Map.of(
                                "invocationId", "%d@%s".formatted(run.id(), run.startedAt()),
                                "startedOn", run.startedAt().toString(),
                                "finishedOn", build.ended().toString())));
    }

    private static String isolation(Circumstances build) {
        return build.isolated() ? "containers" : "processes";
    }

    private static String version() {
        return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
                .orElse("source");
    }

    private static List<Dependency> dependencies(Commit commit, BuiltImage image, Circumstances build)
            throws IOException {
        var all = new ArrayList<Dependency>();
        all.add(new Dependency(
                "source",
                gitUri(commit.source()),
                Map.of("gitCommit", commit.id()),
                Map.of("author", commit.author(), "committedOn", commit.time().toString())));
        if (build.lock().isPresent()) {
            all.add(file(ImageStep.LOCK, build.lock().get(), overlay(build)));
        }
        if (!build.toolchain().isEmpty()) {
            all.add(new Dependency(
                    "toolchain",
                    "",
                    Map.of("sha256", Digest.parse(build.toolchain()).hex()),
                    Map.of()));
        }
        for (var each : image.packages()) {
            var url =
                    PackageUrl.of("deb", "debian", each.name(), each.version()).with("arch", each.architecture());
            all.add(new Dependency(
                    each.name() + " " + each.version(),
                    url.toString(),
                    Map.of("sha256", each.sha256().hex()),
                    Map.of()));
        }
        for (var jar : build.libraries()) {
            all.add(file(String.valueOf(jar.getFileName()), jar, Map.of()));
        }
        return all;
    }

    /** A lock that is not the commit's own says so, and why it took that one's place. */
    private static Map<String, String> overlay(Circumstances build) {
        return build.rebuild()
                .map(each -> Map.of(
                        Passport.REBUILT_FOR,
                        each.why(),
                        Passport.REPLACES,
                        each.replaces().toString()))
                .orElse(Map.of());
    }

    private static Dependency file(String name, Path file, Map<String, String> annotations) throws IOException {
        return new Dependency(
                name, "", Map.of("sha256", Digest.of(Files.readAllBytes(file)).hex()), annotations);
    }

    /** An address of git's as a URI, with the form that pip and SPDX have made usual. */
    private static String gitUri(String source) {
        if (source.startsWith("/")) {
            return "git+file://" + source;
        }
        return source.contains("://") ? "git+" + source : "git+ssh://" + source.replaceFirst(":", "/");
    }
}
