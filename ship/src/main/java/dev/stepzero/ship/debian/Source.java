package dev.stepzero.ship.debian;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * One suite of an archive.
 *
 * @param archive the archive's address, ending with a slash; {@code http}, {@code https} or {@code file}
 * @param suite such as {@code bookworm-security}
 * @param components such as {@code main}
 * @param keyrings files with the keys of which one must have signed the suite
 * @param expires whether the suite's Valid-Until counts
 */
public record Source(URI archive, String suite, List<String> components, List<Path> keyrings, boolean expires) {
    public Source {
        components = List.copyOf(components);
        keyrings = List.copyOf(keyrings);
    }

    URI file(String path) {
        return archive.resolve("dists/" + suite + "/" + path);
    }
}
