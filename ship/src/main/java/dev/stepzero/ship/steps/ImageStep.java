package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.contents.Archives;
import dev.stepzero.ship.contents.Contents;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.image.BuildFacts;
import dev.stepzero.ship.image.BuiltImage;
import dev.stepzero.ship.image.DirectoryApplication;
import dev.stepzero.ship.image.ImageBuilder;
import dev.stepzero.ship.image.JavaApplication;
import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.project.BuildPlan;
import dev.stepzero.ship.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the image of the packaged application, without a daemon, and puts it into the registry on disk. */
public final class ImageStep implements Step {
    /** Names the Debian packages of the image's base with their versions. */
    public static final String LOCK = "stepzero.lock";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final Project project;
    private final Commit commit;
    private final ImageBuilders builders;
    private final Home home;
    private final int port;
    private final boolean isolated;
    private final Optional<Rebuild> rebuild;
    private final Clock clock;

    /**
     * The step.
     *
     * @param port where the application listens
     * @param isolated whether the project's commands ran in containers
     * @param rebuild the lock that takes the place of the commit's own, if one does
     */
    public ImageStep(
            Project project,
            Commit commit,
            ImageBuilders builders,
            Home home,
            int port,
            boolean isolated,
            Optional<Rebuild> rebuild,
            Clock clock) {
        this.project = project;
        this.commit = commit;
        this.builders = builders;
        this.home = home;
        this.port = port;
        this.isolated = isolated;
        this.rebuild = rebuild;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public Stage stage() {
        return Stage.BUILD;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.SOURCES, Handover.TOOLCHAIN, Handover.ARTIFACT);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.IMAGE, Handover.CONTENTS);
    }

    @Override
    public boolean stillHolds(StepContext context) {
        var digest = Digest.parse(context.get(Handover.IMAGE).digest());
        return Files.exists(home.registry().resolve("blobs/sha256").resolve(digest.hex()));
    }

    @Override
    public void run(StepContext context) throws IOException, InterruptedException {
        var archives = archives(context.get(Handover.ARTIFACT));
        var lock = lock(context);
        var image = build(context, builder(lock, context));
        image.notes().forEach(context::warn);
        context.attest(
                image.digest().toString(),
                project.app(),
                PredicateType.PROVENANCE,
                Provenance.of(project, commit, image, circumstances(context, lock)));
        context.give(
                Handover.IMAGE,
                new Handover.ImageFacts(image.digest().toString(), image.compressedBytes(), image.machineBase()));
        context.give(Handover.CONTENTS, contents(image, archives, context.get(Handover.ARTIFACT)));
        context.summary("%.1f MB compressed, %s".formatted(image.compressedBytes() / 1e6, shortened(image.digest())));
    }

    /** The archives that are about to go into the image, as they are now. */
    private List<Contents.Archive> archives(Handover.Artifact artifact) throws IOException {
        if (project.plan().kind() != BuildPlan.Kind.JAVA) {
            return List.of();
        }
        var archives = new ArrayList<Contents.Archive>();
        archives.add(Archives.archive(JavaApplication.PLACE, Path.of(artifact.path())));
        for (var jar : libraries(artifact)) {
            archives.add(Archives.archive(JavaApplication.LIBRARIES + jar.getFileName(), jar));
        }
        return archives;
    }

    private Contents contents(BuiltImage image, List<Contents.Archive> archives, Handover.Artifact artifact) {
        var path = Path.of(artifact.path());
        return new Contents(
                image.packages().stream()
                        .map(each -> new Contents.Deb(
                                each.name(),
                                each.version(),
                                each.architecture(),
                                each.sha256().hex()))
                        .toList(),
                project.plan().kind() == BuildPlan.Kind.JAVA ? Runtime.version().toString() : "",
                archives,
                switch (project.plan().kind()) {
                    case JAVA -> "";
                    case NODE, PYTHON -> path.toString();
                    case BINARY -> path.resolveSibling("").toString();
                });
    }

    private static List<Path> libraries(Handover.Artifact artifact) throws IOException {
        return artifact.libraries().isEmpty() ? List.of() : jars(Path.of(artifact.libraries()));
    }

    private Provenance.Circumstances circumstances(StepContext context, Optional<Path> lock) throws IOException {
        return new Provenance.Circumstances(
                context.run(),
                isolated,
                context.get(Handover.TOOLCHAIN).image(),
                lock,
                rebuild,
                libraries(context.get(Handover.ARTIFACT)),
                clock.instant());
    }

    /** The lock that the build goes by; one that takes the place of the commit's own leaves the sources as they are. */
    private Optional<Path> lock(StepContext context) throws IOException {
        if (rebuild.isEmpty()) {
            return Optional.of(
                            Path.of(context.get(Handover.SOURCES).directory()).resolve(LOCK))
                    .filter(Files::exists);
        }
        var file = home.workspace(context.run().id()).resolve(LOCK);
        Files.writeString(file, rebuild.get().lock());
        return Optional.of(file);
    }

    private ImageBuilder builder(Optional<Path> lock, StepContext context) {
        var builder = builders.with(lock, context.output()::line);
        return rebuild.isPresent() ? builder.completing() : builder;
    }

    private BuiltImage build(StepContext context, ImageBuilder builder) throws IOException, InterruptedException {
        var artifact = context.get(Handover.ARTIFACT);
        var path = Path.of(artifact.path());
        return switch (project.plan().kind()) {
            case JAVA -> builder.buildJava(java(path, libraries(artifact)), facts(), home.registry());
            case NODE -> builder.buildDirectory(directory(path, start("/usr/bin/node")), facts(), home.registry());
            case PYTHON -> builder.buildDirectory(directory(path, start("/usr/bin/python3")), facts(), home.registry());
            case BINARY ->
                builder.buildDirectory(
                        directory(path.resolveSibling(""), List.of("/app/" + path.getFileName())),
                        facts(),
                        home.registry());
        };
    }

    private JavaApplication java(Path jar, List<Path> libraries) {
        return new JavaApplication(
                jar,
                libraries,
                List.of(port),
                environment(),
                List.of(),
                project.image().modules(),
                project.image().packages(),
                Optional.empty());
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The Debian packages that run an application of this kind. */
    static List<String> interpreter(BuildPlan.Kind kind) {
        return switch (kind) {
            case NODE -> List.of("nodejs");
            case PYTHON -> List.of("python3");
            case JAVA, BINARY -> List.of();
        };
    }

    private DirectoryApplication directory(Path path, List<String> start) {
        var packages = new ArrayList<>(interpreter(project.plan().kind()));
        packages.addAll(project.image().packages());
        return new DirectoryApplication(path, packages, start, List.of(port), environment());
    }

    private List<String> start(String interpreter) {
        var start = project.image().start();
        if (start.isEmpty()) {
            throw UserError.unreadable("nothing says how the application is started")
                    .at("stepzero.yaml")
                    .fix("write: build: { start: [%s, /app/main] }".formatted(interpreter));
        }
        return start;
    }

    private Map<String, String> environment() {
        var prefix = project.app().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
        return Map.of(
                prefix + "_SOURCE", commit.source(),
                prefix + "_VERSION", version(),
                prefix + "_COMMIT", commit.id(),
                prefix + "_BUILD", "stepzero");
    }

    private BuildFacts facts() {
        return new BuildFacts(project.app(), version(), commit.id(), commit.source(), commit.time());
    }

    /** A rebuild is another version of the same commit. */
    private String version() {
        return DAY.format(commit.time())
                + "-"
                + commit.shortId()
                + rebuild.map(each -> "-r" + each.digest().shortForm()).orElse("");
    }

    private static String shortened(Digest digest) {
        return "sha256:" + digest.shortForm();
    }
}
