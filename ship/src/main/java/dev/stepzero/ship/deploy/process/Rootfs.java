package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.ImageConfig;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.ship.deploy.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A release's image, unpacked on this host.
 *
 * @param directory what the image calls {@code /}
 * @param config what the image says about itself
 */
record Rootfs(Path directory, ImageConfig config) {

    /** Unpacks the image, verified by its digest, unless that was done. Callers hold the environment's lock. */
    static Rootfs of(Release release, EnvironmentFiles home) throws InterruptedException {
        var image = OciImage.open(release.layout(), release.image());
        requireNoNul(image.config());
        var place = home.releases().resolve(release.image().hex());
        var directory = place.resolve("rootfs");
        if (!Files.isDirectory(directory)) {
            var partial = home.releases().resolve(release.image().hex() + ".partial");
            EnvironmentFiles.delete(partial);
            EnvironmentFiles.make(partial);
            image.unpack(partial.resolve("rootfs"));
            openForReading(partial);
            try {
                Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw UserError.engine("cannot keep the release: " + e)
                        .at(place.toString())
                        .fix("see that the disk is not full")
                        .because(e);
            }
        }
        return new Rootfs(directory, image.config());
    }

    /** No system call takes a text with a NUL, so that an image that has one is broken or hostile. */
    private static void requireNoNul(ImageConfig config) {
        var texts = Stream.of(
                config.entrypoint(), config.command(), config.environment(), List.of(config.workingDirectory()));
        if (texts.flatMap(List::stream).anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw UserError.unreadable("the image's configuration holds a NUL character")
                    .fix("build the image again without it");
        }
    }

    /** Where the image's program starts. */
    Path workingDirectory() {
        var declared = Path.of("/").resolve(config.workingDirectory()).normalize();
        var place = directory.resolve(Path.of("/").relativize(declared));
        return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) ? place : directory;
    }

    /** The image's own permissions were given for a user of its own; here they must not be wider than reading. */
    private static void openForReading(Path place) {
        try (var paths = Files.walk(place)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    var mode = (int) Files.getAttribute(path, "unix:mode");
                    var runnable = Files.isDirectory(path) || (mode & 0111) != 0;
                    Files.setAttribute(path, "unix:mode", runnable ? 0755 : 0644);
                }
            }
        } catch (IOException e) {
            throw UserError.engine("cannot prepare the release: " + e)
                    .at(place.toString())
                    .fix("see that the disk is not full")
                    .because(e);
        }
    }

    /** Deletes what was unpacked of all images but these. */
    static void prune(EnvironmentFiles home, Set<Digest> kept) {
        var names = kept.stream().map(Digest::hex).collect(Collectors.toSet());
        try (var places = Files.list(home.releases())) {
            places.filter(place -> !names.contains(String.valueOf(place.getFileName())))
                    .toList()
                    .forEach(EnvironmentFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
