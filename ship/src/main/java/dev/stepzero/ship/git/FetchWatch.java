package dev.stepzero.ship.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends a fetch that takes too long, brings too much, or is not wanted any more. */
final class FetchWatch extends EmptyProgressMonitor {
    private static final long BETWEEN_LOOKS = Duration.ofMillis(200).toNanos();

    private final Path mirror;
    private final FetchPolicy policy;
    private final long begun = System.nanoTime();
    private long looked = begun - BETWEEN_LOOKS;
    private Optional<Ended> ended = Optional.empty();

    FetchWatch(Path mirror, FetchPolicy policy) {
        this.mirror = mirror;
        this.policy = policy;
    }

    /** Why a fetch was ended. */
    enum Ended {
        TOO_LONG,
        TOO_LARGE,
        CANCELLED
    }

    Optional<Ended> ended() {
        return ended;
    }

    @Override
    public boolean isCancelled() {
        var now = System.nanoTime();
        if (ended.isEmpty() && now - looked >= BETWEEN_LOOKS) {
            looked = now;
            look(now);
        }
        return ended.isPresent();
    }

    private void look(long now) {
        if (Thread.currentThread().isInterrupted()) {
            ended = Optional.of(Ended.CANCELLED);
        } else if (now - begun > policy.within().toNanos()) {
            ended = Optional.of(Ended.TOO_LONG);
        } else if (isTooLarge()) {
            ended = Optional.of(Ended.TOO_LARGE);
        }
    }

    /** Also asked once all is there, for a small pack may come between two looks. */
    boolean isTooLarge() {
        try (var files = Files.walk(mirror)) {
            return files.mapToLong(FetchWatch::size).sum() > policy.mostBytes();
        } catch (IOException | UncheckedIOException e) {
            // A file went away while we counted: there is a next look.
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
