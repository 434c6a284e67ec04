package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A directory of images, as the OCI image layout specification 1.1 describes it. Blobs are shared between images. Each
 * change is complete or not there, also when several processes write at once or one of them is killed.
 */
public final class OciLayout implements ArtifactStore {
    /** The largest manifest that is read, as registries have it too. */
    private static final long LARGEST_MANIFEST = 4 << 20;

    private final Path directory;

    private OciLayout(Path directory) {
        this.directory = directory;
    }

    /** The layout in this directory, which is made one if it is not. */
    public static OciLayout at(Path directory) {
        var layout = new OciLayout(directory);
        try {
            Files.createDirectories(layout.blobs());
            if (Files.notExists(directory.resolve("oci-layout"))) {
                LayoutIndex.place(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            }
            return layout;
        } catch (IOException e) {
            throw layout.fails(e);
        }
    }

    /** Whether a directory is a layout. */
    public static boolean isAt(Path directory) {
        return Files.isRegularFile(directory.resolve("oci-layout"));
    }

    public Path directory() {
        return directory;
    }

    @Override
    public String place() {
        return directory.toString();
    }

    /** Where a blob lies, or would lie. */
    public Path blob(Digest digest) {
        return blobs().resolve(digest.hex());
    }

    public boolean has(Digest digest) {
        return Files.exists(blob(digest));
    }

    /** Adds a copy of the file under its digest. */
    public void add(Digest digest, Path file) {
        if (has(digest)) {
            return;
        }
        try (var in = Files.newInputStream(file)) {
            add(digest, in);
        } catch (IOException e) {
            throw fails(e);
        }
    }

    /** Adds a blob under its digest, which must be the right one. */
    public void add(Digest digest, byte[] content) {
        try {
            add(digest, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw fails(e);
        }
    }

    /**
     * Adds what the stream gives, to its end.
     *
     * @throws UserError if that has another digest; nothing is added then
     */
    public void add(Digest digest, InputStream content) throws IOException {
        var fresh = Files.createTempFile(blobs(), ".adding", null);
        try {
            var sha256 = Digest.sha256();
            Files.copy(new DigestInputStream(content, sha256), fresh, StandardCopyOption.REPLACE_EXISTING);
            var actual = new Digest(HexFormat.of().formatHex(sha256.digest()));
            if (!actual.equals(digest)) {
                throw UserError.blocked("a blob of the image is damaged: it is " + actual)
                        .at(digest.toString())
                        .fix("build or fetch the image again");
            }
            Files.move(fresh, blob(digest), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * The bytes of a manifest, verified.
     *
     * @throws UserError if it is not there, damaged or larger than 4 MiB
     */
    @Override
    public byte[] manifest(Digest digest) {
        return content(digest, LARGEST_MANIFEST);
    }

    @Override
    public byte[] content(Digest digest, long mostBytes) {
        try {
            if (!has(digest) || Files.size(blob(digest)) > mostBytes) {
                throw UserError.unreadable("the layout has no image " + digest)
                        .at(directory.toString())
                        .fix("build the image first");
            }
            var bytes = Files.readAllBytes(blob(digest));
            if (!Digest.of(bytes).equals(digest)) {
                throw UserError.blocked("a part of the image is damaged")
                        .at(blob(digest).toString())
                        .fix("delete the layout and build the image again");
            }
            return bytes;
        } catch (IOException e) {
            throw fails(e);
        }
    }

    @Override
    public void put(byte[] content) {
        add(Digest.of(content), content);
    }

    /** A layout keeps no lists of its own. */
    @Override
    public boolean refer(byte[] manifest) {
        put(manifest);
        return false;
    }

    @Override
    public Optional<List<JsonNode>> referrers(Digest image) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> tagged(String tag) {
        try {
            return new LayoutIndex(directory).find(tag).map(this::manifest);
        } catch (IOException e) {
            throw fails(e);
        }
    }

    @Override
    public void update(String tag, String mediaType, Change change) throws InterruptedException {
        try {
            new LayoutIndex(directory).change(tag, mediaType, listed -> {
                var changed = change.to(listed.map(this::manifest));
                changed.blobs().forEach(this::put);
                put(changed.manifest());
                return changed.manifest();
            });
        } catch (IOException e) {
            throw fails(e);
        }
    }

    /** The images that the layout lists, with the names that they have; no artifacts that belong to one. */
    public Map<Digest, String> images() {
        try {
            return new LayoutIndex(directory).images();
        } catch (IOException e) {
            throw fails(e);
        }
    }

    /**
     * Lists an image whose blobs were all added, under a name. An image that had the name before is not
     * listed any more; its blobs stay.
     *
     * @param name such as {@code invoicer:1.2}, or empty for none
     */
    public void list(Digest manifest, Optional<String> name) throws InterruptedException {
        try {
            new LayoutIndex(directory).list(manifest, manifest(manifest).length, name);
        } catch (IOException e) {
            throw fails(e);
        }
    }

    private Path blobs() {
        return directory.resolve("blobs").resolve("sha256");
    }

    private UserError fails(IOException cause) {
        return UserError.engine("the image layout cannot be used: " + cause.getMessage())
                .at(directory.toString())
                .fix("check its permissions and the space on the disk")
                .because(cause);
    }
}
