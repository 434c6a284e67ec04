package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A built image, read where it lies: nothing is unpacked unless asked. Every digest is verified while its bytes are
 * read; hostile or broken content ends in a {@link UserError}. Instances hold no open file and may be shared.
 *
 * <pre>{@code
 * var image = OciImage.open(Path.of("target/image"), Digest.parse("sha256:..."));
 * image.forEachEntry((entry, content) -> System.out.println(entry.path()));
 * }</pre>
 */
public final class OciImage {
    private final Blobs blobs;
    private final Manifest manifest;
    private final ImageLimits limits;

    private OciImage(Blobs blobs, Manifest manifest, ImageLimits limits) {
        this.blobs = blobs;
        this.manifest = manifest;
        this.limits = limits;
    }

    /** Opens an image within {@link ImageLimits#defaults()}. */
    public static OciImage open(Path layout, Digest manifest) {
        return open(layout, manifest, ImageLimits.defaults());
    }

    /**
     * Opens an image and verifies its manifest and configuration.
     *
     * @param layout an OCI layout directory, an OCI archive, or a tar from {@code docker save}
     * @param manifest the digest of the image's manifest; for a classic {@code docker save} archive, which has none,
     *     the image id, which is the digest of the configuration
     * @throws UserError if the image is not there, incomplete, not what its digest promises, or beyond the limits
     */
    public static OciImage open(Path layout, Digest manifest, ImageLimits limits) {
        if (!Files.exists(layout)) {
            throw UserError.unreadable("there is no image")
                    .at(layout.toString())
                    .fix("give an OCI layout directory, an OCI archive or the output of docker save");
        }
        var blobs = Files.isDirectory(layout) ? new DirectoryBlobs(layout) : ArchiveBlobs.index(layout);
        return new OciImage(blobs, Manifest.read(blobs, manifest, limits), limits);
    }

    /** Opens an image by the name that it has among these pieces. */
    static OciImage open(Blobs blobs, String name, ImageSource.Access access) {
        var digest = new ImageSelection(blobs, access.platform()).digest(name);
        return new OciImage(blobs, Manifest.read(blobs, digest, access.limits()), access.limits());
    }

    /** The digest that it was opened by. */
    public Digest digest() {
        return manifest.digest();
    }

    public ImageConfig config() {
        return manifest.config();
    }

    /** The annotations of its manifest, by name. */
    Map<String, String> annotations() {
        return manifest.annotations();
    }

    /** The digests of the layers of another image that lies beside this one. */
    Optional<List<Digest>> layersOf(Digest other) {
        return Manifest.layersOf(blobs, other);
    }

    /** The layers, base first. */
    public List<Layer> layers() {
        return manifest.layers().stream().map(LayerBlob::layer).toList();
    }

    /** The size of all layers as stored, in bytes. */
    public long compressedBytes() {
        return layers().stream().mapToLong(Layer::compressedBytes).sum();
    }

    /**
     * Streams every entry of every layer past the visitor; layers come base first, but those of a container engine's
     * export in the order of its tar. A layer's digest is known to be right only when the call returns: until then the
     * visitor's conclusions are provisional.
     *
     * @return the layers with what reading them showed, in the order in which they came
     * @throws UserError if a layer is damaged, tampered with or hostile
     * @throws InterruptedException if the thread was interrupted
     */
    public List<Layer.Measured> forEachEntry(EntryVisitor visitor) throws InterruptedException {
        return new LayerReader(blobs, limits).read(manifest.layers(), visitor);
    }

    /** The file system that a container of this image sees; reads every layer once. */
    public ImageFiles files() throws InterruptedException {
        return files((entry, content) -> {});
    }

    /** The same, where a visitor sees the entries on the way. */
    public ImageFiles files(EntryVisitor visitor) throws InterruptedException {
        var layers = new ArrayList<List<Entry>>();
        layers().forEach(layer -> layers.add(new ArrayList<>()));
        forEachEntry((entry, content) -> {
            layers.get(entry.layer()).add(entry);
            visitor.visit(entry, content);
        });
        return laid(layers);
    }

    private ImageFiles laid(List<List<Entry>> layers) {
        var files = new ImageFiles();
        for (var layer : layers()) {
            try {
                layers.get(layer.index()).forEach(files::add);
            } catch (UserError e) {
                throw e.where().isPresent() ? e : e.at(blobs.place() + ": layer " + layer.index());
            }
        }
        return files;
    }

    /**
     * Writes the final file system into a directory, which must be empty or absent. Only plain files, directories and
     * links that stay inside come out; permission bits are kept but for setuid, setgid and sticky; owners are not. All
     * digests are verified before the first byte is written; after an error the directory holds a part of the image
     * and is not to be used.
     *
     * @return what was written and what was left out
     * @throws UserError if the image is damaged or hostile, or the directory cannot be written
     */
    public Unpacked unpack(Path directory) throws InterruptedException {
        var writer = new Unpacking(files(), directory);
        writer.directories();
        forEachEntry((Entry entry, InputStream content) -> writer.write(entry, content));
        return writer.finish();
    }
}
