package dev.stepzero.scan.image;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** The named pieces of an image, wherever they are stored. */
sealed interface Blobs permits DirectoryBlobs, ArchiveBlobs, RegistryBlobs, EngineBlobs {

    /** The most that a manifest or config may weigh; the distribution specification asks for 4 MiB at least. */
    int LARGEST_DOCUMENT = 8 << 20;

    /** The size of a piece; empty when there is none of that name. */
    OptionalLong size(String name);

    /** Opens a piece that {@link #size} knows. */
    InputStream open(String name) throws IOException;

    /** Gives each layer once, base first unless the pieces come in an order of their own. */
    default void eachLayer(List<LayerBlob> layers, LayerConsumer consumer) throws IOException, InterruptedException {
        for (var layer : layers) {
            try (var content = open(layer.name())) {
                consumer.take(layer, content);
            }
        }
    }

    /** Where they are, for messages. */
    String place();

    static String nameOf(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    default boolean has(String name) {
        return size(name).isPresent();
    }

    /** Reads a whole document, not a layer. */
    default byte[] document(String name) {
        var size = size(name).orElseThrow(() -> missing(name));
        if (size > LARGEST_DOCUMENT) {
            throw UserError.unreadable("the document is larger than " + LARGEST_DOCUMENT + " bytes")
                    .at(place() + ": " + name)
                    .fix("this is not an image to trust: build it again");
        }
        try (var in = open(name)) {
            return in.readNBytes(LARGEST_DOCUMENT);
        } catch (IOException e) {
            throw UserError.unreadable("cannot read " + name + ": " + e.getMessage())
                    .at(place())
                    .because(e);
        }
    }

    /** Reads a whole document and refuses it unless it has the digest that names it. */
    default byte[] document(Digest digest) {
        var content = document(nameOf(digest));
        require(digest, Digest.of(content), nameOf(digest));
        return content;
    }

    default void require(Digest expected, Digest actual, String name) {
        if (!actual.equals(expected)) {
            throw UserError.unreadable(
                            "the content is not what its digest promises: expected " + expected + ", found " + actual)
                    .at(place() + ": " + Printable.of(name))
                    .fix("the image was damaged or tampered with: build or pull it again");
        }
    }

    default UserError missing(String name) {
        return UserError.unreadable("the image lacks " + Printable.of(name))
                .at(place())
                .fix("give a complete OCI layout or archive: build, save or pull the image again");
    }
}
