package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An image that a container engine exports. What the tar is about stands at its end, after the layers: so it is asked for
 * twice, once for its documents and once for its layers, rather than kept on disk in between. Should the image change
 * meanwhile, its digests do not fit.
 */
final class EngineBlobs implements Blobs {
    private static final int MOST_DOCUMENT_BYTES = 64 << 20;
    /** Layers may be there several times; one that is costs another export. */
    private static final int MOST_EXPORTS = 16;

    private final Path socket;
    private final String image;
    private final Map<String, byte[]> documents = new HashMap<>();
    private TarIndex index = new TarIndex();

    private EngineBlobs(Path socket, String image) {
        this.socket = socket;
        this.image = image;
    }

    static EngineBlobs of(Path socket, String image) {
        var blobs = new EngineBlobs(socket, image);
        try (var in = EngineExport.open(socket, image)) {
            blobs.index = TarIndex.read(in, blobs.place(), blobs::keepDocument);
            return blobs;
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.engine("the container engine's export cannot be read: " + e.getMessage())
                    .at(blobs.place())
                    .fix("look into the engine's own log")
                    .because(e);
        }
    }

    /** Documents are objects or lists in JSON; a layer, compressed or not, begins otherwise. */
    private void keepDocument(TarIndex.Piece piece, InputStream content) throws IOException {
        int first = piece.length() == 0 || piece.length() > LARGEST_DOCUMENT ? -1 : content.read();
        if (first == '{' || first == '[') {
            var document = new byte[(int) piece.length()];
            document[0] = (byte) first;
            content.readNBytes(document, 1, document.length - 1);
            documents.put(piece.name(), document);
            if (documents.values().stream().mapToLong(each -> each.length).sum() > MOST_DOCUMENT_BYTES) {
                throw new IOException("its documents take more than " + (MOST_DOCUMENT_BYTES >> 20) + " MiB");
            }
        }
    }

    @Override
    public OptionalLong size(String name) {
        var piece = index.find(name);
        return piece.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(piece.get().length());
    }

    @Override
    public InputStream open(String name) {
        var document =
                index.find(name).map(piece -> documents.get(piece.name())).orElseThrow(() -> missing(name));
        return new ByteArrayInputStream(document);
    }

    @Override
    public void eachLayer(List<LayerBlob> layers, LayerConsumer consumer) throws IOException, InterruptedException {
        var wanted = new HashMap<String, List<LayerBlob>>();
        for (var layer : layers) {
            var name = index.find(layer.name())
                    .orElseThrow(() -> missing(layer.name()))
                    .name();
            wanted.computeIfAbsent(name, each -> new ArrayList<>()).add(layer);
        }
        for (int export = 0; !wanted.isEmpty(); export++) {
            if (export == MOST_EXPORTS) {
                throw new IOException("its layers change while it is read, or one is there too often");
            }
            try (var in = EngineExport.open(socket, image)) {
                TarIndex.<InterruptedException>read(in, place(), (piece, content) -> {
                    var waiting = wanted.getOrDefault(piece.name(), List.of());
                    if (!waiting.isEmpty()) {
                        consumer.take(waiting.removeFirst(), content);
                    }
                });
            }
            wanted.values().removeIf(List::isEmpty);
        }
    }

    @Override
    public String place() {
        return image + " of " + socket;
    }
}
