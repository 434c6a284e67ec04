package dev.stepzero.ship.steps;

import dev.stepzero.core.Home;
import dev.stepzero.ship.debian.AptSources;
import dev.stepzero.ship.image.ImageBuilder;
import java.nio.file.Path;
import java.time.Clock;
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

    ImageBuilder with(Optional<Path> lock, Consumer<String> progress) {
        return new ImageBuilder(home.root(), sources, lock, clock, progress);
    }
}
