package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The list of a layout's images, {@code index.json}, which several processes may change at once. */
record LayoutIndex(Path directory) {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final Pattern ARTIFACT = Pattern.compile("sha256-[0-9a-f]{64}(?:\\.[a-z]+)?");
    private static final JsonMapper JSON = JsonMapper.shared();

    void list(Digest manifest, long size, Optional<String> name) throws IOException, InterruptedException {
        var entry = entry(ImageManifest.MEDIA_TYPE, manifest, size, name);
        locked(() -> place(directory.resolve("index.json"), index(entry, name).toString()));
    }

    /** Lists what is made of the manifest that has the name now, while nobody else changes the list. */
    void change(String name, String mediaType, Function<Optional<Digest>, byte[]> change)
            throws IOException, InterruptedException {
        locked(() -> {
            var manifest = change.apply(find(name));
            var entry = entry(mediaType, Digest.of(manifest), manifest.length, Optional.of(name));
            place(
                    directory.resolve("index.json"),
                    index(entry, Optional.of(name)).toString());
        });
    }

    /** The manifest with a name. */
    Optional<Digest> find(String name) throws IOException {
        for (var entry : listed()) {
            if (nameOf(entry).equals(Optional.of(name))) {
                return Optional.of(digest(entry));
            }
        }
        return Optional.empty();
    }

    /** The images, without the artifacts that are listed for one. */
    Map<Digest, String> images() throws IOException {
        var images = new LinkedHashMap<Digest, String>();
        for (var entry : listed()) {
            var name = nameOf(entry).orElse("");
            if (!ARTIFACT.matcher(name).matches()) {
                images.put(digest(entry), name);
            }
        }
        return images;
    }

    private static Digest digest(JsonNode entry) {
        return Digest.parse(entry.path("digest").asString(""));
    }

    private static ObjectNode entry(String mediaType, Digest manifest, long size, Optional<String> name) {
        var entry = JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", manifest.toString())
                .put("size", size);
        name.ifPresent(given -> entry.putObject("annotations").put(REF_NAME, given));
        return entry;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) throws IOException, InterruptedException {
        try (var channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            work.run();
        }
    }

    private ObjectNode index(ObjectNode entry, Optional<String> name) throws IOException {
        var index = JSON.createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", "application/vnd.oci.image.index.v1+json");
        var manifests = index.putArray("manifests");
        var known = false;
        for (var other : listed()) {
            var sameName = name.isPresent() && name.equals(nameOf(other));
            var sameImage = other.path("digest").equals(entry.path("digest"));
            var replaced = sameName || (sameImage && nameOf(other).isEmpty());
            if (!replaced) {
                manifests.add(other);
                known |= sameImage;
            }
        }
        if (name.isPresent() || !known) {
            manifests.add(entry);
        }
        return index;
    }

    private ArrayNode listed() throws IOException {
        var file = directory.resolve("index.json");
        if (Files.notExists(file)) {
            return JSON.createArrayNode();
        }
        try {
            return JSON.readTree(Files.readString(file)).path("manifests") instanceof ArrayNode known
                    ? known
                    : JSON.createArrayNode();
        } catch (JacksonException e) {
            throw UserError.unreadable("the layout's index is not JSON")
                    .at(file.toString())
                    .fix("delete the layout and build the images again")
                    .because(e);
        }
    }

    private static Optional<String> nameOf(JsonNode entry) {
        return Optional.of(entry.path("annotations").path(REF_NAME).asString(""))
                .filter(name -> !name.isEmpty());
    }

    /** Other processes are kept out by the lock itself, other threads of this one by its exception. */
    private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /** Puts a file in its place in one move. */
    static void place(Path file, String text) throws IOException {
        var fresh = Files.createTempFile(file.getParent(), ".placing", null);
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
