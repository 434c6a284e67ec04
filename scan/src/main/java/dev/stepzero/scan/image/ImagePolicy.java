package dev.stepzero.scan.image;

import java.time.Duration;
import java.util.Set;

/**
 * What an image may be.
 *
 * @param mostBytes the most that its layers may weigh as they are stored
 * @param oldest how long ago it may have been made
 * @param allowedShells names of shells that it may hold, such as {@code dash}
 */
public record ImagePolicy(long mostBytes, Duration oldest, Set<String> allowedShells) {
    public ImagePolicy {
        allowedShells = Set.copyOf(allowedShells);
    }

    /** 200 MB, seven days, no shell. */
    public static ImagePolicy defaults() {
        return new ImagePolicy(200_000_000, Duration.ofDays(7), Set.of());
    }
}
