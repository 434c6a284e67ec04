package dev.stepzero.ship.steps;

import dev.stepzero.core.Home;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.debian.DebianArchive;
import dev.stepzero.ship.image.BuiltImage;
import dev.stepzero.ship.image.ImageBuilder;
import dev.stepzero.ship.project.BuildPlan;
import dev.stepzero.ship.project.Project;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes image builders that share caches and archives. */
public final class ImageBuilders {
    private final Home home;
    private final AptSources sources;
    private final Clock clock;

    public ImageBuilders(Home home, AptSources sources, Clock clock) {
        this.home = home;
        this.sources = sources;
        this.clock = clock;
    }

    /** A builder for what belongs to no project, which tells nobody of its progress. */
    public ImageBuilder quiet() {
        return with(Optional.empty(), line -> {});
    }

    /**
     * Writes the newest packages of a project's image to its lock.
     *
     * @param lock the file, which need not be there yet
     * @return the packages with their versions
     */
    public List<BuiltImage.Contained> lock(Project project, Path lock, Consumer<String> progress)
            throws InterruptedException {
        var builder = with(Optional.of(lock), progress).renewing();
        var packages = new ArrayList<>(ImageStep.interpreter(project.plan().kind()));
        packages.addAll(project.image().packages());
        return project.plan().kind() == BuildPlan.Kind.JAVA
                ? builder.settleJava(packages)
                : builder.settleDirectory(packages);
    }

    /** The archives that bases are made of. */
    public DebianArchive archive() {
        return new DebianArchive(
                sources, DebianArchive.machineArchitecture(), home.root().resolve("cache/debian"), clock, line -> {});
    }

    ImageBuilder with(Optional<Path> lock, Consumer<String> progress) {
        return new ImageBuilder(home.root(), sources, lock, clock, progress);
    }
}
