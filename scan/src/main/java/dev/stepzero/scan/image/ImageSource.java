package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.registry.DockerConfig;
import dev.stepzero.scan.registry.ImageReference;
import dev.stepzero.scan.registry.Reference;
import dev.stepzero.scan.registry.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an image is to be found, as people write it. */
public sealed interface ImageSource {

    /** An OCI layout directory; the name is a tag or a digest, empty where there is but one image. */
    record Layout(Path directory, String name) implements ImageSource {}

    /** An OCI archive or the output of {@code docker save}. */
    record Archive(Path file) implements ImageSource {}

    /** An image in a registry. */
    record Remote(ImageReference reference) implements ImageSource {}

    /** An image that a container engine on this machine has. */
    record OfEngine(Engine engine, String name) implements ImageSource {}

    /** A container engine. */
    enum Engine {
        DOCKER,
        PODMAN,
        /** Whichever answers. */
        ANY
    }

    /**
     * What else opening an image takes.
     *
     * @param environment the process's variables, for credentials and the engines' sockets
     * @param platform which image of an index is meant
     */
    record Access(Map<String, String> environment, Platform platform, ImageLimits limits) {
        public Access {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Reads {@code oci:DIR[:TAG|@DIGEST]}, {@code archive:FILE}, {@code docker-daemon:NAME}, {@code podman:NAME},
     * {@code engine:NAME} or {@code registry:REFERENCE}. Without such a beginning, what exists as a path is an archive
     * or a layout, and anything else a reference to a registry.
     *
     * @throws UserError if it is none of these
     */
    static ImageSource parse(String text) {
        int colon = text.indexOf(':');
        var rest = text.substring(colon + 1);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "oci" -> layout(rest);
            case "archive", "oci-archive", "docker-archive" -> new Archive(Path.of(rest));
            case "docker-daemon", "docker" -> new OfEngine(Engine.DOCKER, rest);
            case "podman" -> new OfEngine(Engine.PODMAN, rest);
            case "engine" -> new OfEngine(Engine.ANY, rest);
            case "registry" -> new Remote(ImageReference.parse(rest));
            default -> {
                var path = Path.of(text);
                yield Files.isDirectory(path)
                        ? new Layout(path, "")
                        : Files.exists(path) ? new Archive(path) : new Remote(ImageReference.parse(text));
            }
        };
    }

    /** Whether a text begins as only images do, so that no path can be meant. */
    static boolean isMarked(String text) {
        return List.of(
                        "oci:",
                        "archive:",
                        "oci-archive:",
                        "docker-archive:",
                        "docker-daemon:",
                        "docker:",
                        "podman:",
                        "engine:",
                        "registry:")
                .stream()
                .anyMatch(text::startsWith);
    }

    /** Whether an existing path holds an image: an OCI layout directory, or a tar of one or of {@code docker save}. */
    static boolean isImage(Path path) {
        return Files.isDirectory(path)
                ? Files.exists(path.resolve("oci-layout")) && Files.exists(path.resolve("index.json"))
                : Files.isRegularFile(path) && ArchiveBlobs.looksLikeTar(path);
    }

    private static Layout layout(String text) {
        int at = text.lastIndexOf('@');
        int colon = text.lastIndexOf(':');
        if (at > 0) {
            return new Layout(Path.of(text.substring(0, at)), text.substring(at + 1));
        }
        return colon > 0 && !Files.exists(Path.of(text))
                ? new Layout(Path.of(text.substring(0, colon)), text.substring(colon + 1))
                : new Layout(Path.of(text), "");
    }

    /**
     * Opens the image: its manifest and configuration are read and verified, its layers are not touched.
     *
     * @throws UserError if it is not there, not to be had, hostile, or not for that platform
     */
    default OciImage open(Access access) throws InterruptedException {
        return switch (this) {
            case Layout layout -> {
                requireThere(layout.directory);
                yield OciImage.open(new DirectoryBlobs(layout.directory), layout.name, access);
            }
            case Archive archive -> {
                requireThere(archive.file);
                yield OciImage.open(ArchiveBlobs.index(archive.file), "", access);
            }
            case Remote remote -> {
                var reference = remote.reference;
                var credentials = DockerConfig.find(
                        access.environment, reference.repository().registry());
                var repository = Repository.of(reference.repository(), "pull", credentials, Reference.LOOPBACK);
                var blobs = RegistryBlobs.of(repository, reference, access.platform);
                yield OciImage.open(blobs, blobs.manifest().toString(), access);
            }
            case OfEngine engine ->
                OciImage.open(
                        EngineBlobs.of(EngineSockets.of(engine.engine, access.environment), engine.name), "", access);
        };
    }

    private static void requireThere(Path path) {
        if (!Files.exists(path)) {
            throw UserError.unreadable("there is no image")
                    .at(path.toString())
                    .fix("give an OCI layout directory, an OCI archive or the output of docker save");
        }
    }

    /** The digest in a name, where it is one. */
    static Optional<Digest> digestIn(String name) {
        return name.startsWith("sha256:") ? Optional.of(Digest.parse(name)) : Optional.empty();
    }
}
