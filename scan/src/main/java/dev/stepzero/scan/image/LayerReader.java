package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Streams the layers of one image past a visitor, verifying each digest and keeping to the limits. */
final class LayerReader {
    private static final int BUFFER = 64 << 10;
    private static final long RATIO_COUNTS_FROM = 100 << 20;
    private static final int MODE_BITS = 07777;
    /** Half a million entries of an honest image take 50 MiB. */
    private static final long MOST_NAMES = 64 << 20;

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final Blobs blobs;
    private final ImageLimits limits;
    private long bytesLeft;
    private int entriesLeft;
    private long namesLeft = MOST_NAMES;

    LayerReader(Blobs blobs, ImageLimits limits) {
        this.blobs = blobs;
        this.limits = limits;
        this.bytesLeft = limits.bytes();
        this.entriesLeft = limits.entries();
    }

    /** Reads all layers, in the order in which they come. */
    List<Layer.Measured> read(List<LayerBlob> layers, EntryVisitor visitor) throws InterruptedException {
        var measured = new ArrayList<Layer.Measured>();
        try {
            blobs.eachLayer(layers, (blob, content) -> measured.add(readOne(blob, content, visitor)));
            return List.copyOf(measured);
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw UserError.unreadable("a layer cannot be had: " + e.getMessage())
                    .at(blobs.place())
                    .fix("build or pull the image again")
                    .because(e);
        }
    }

    private static InterruptedException interrupted(InterruptedIOException cause) {
        Thread.interrupted();
        return (InterruptedException) new InterruptedException("reading a layer was interrupted").initCause(cause);
    }

    private Layer.Measured readOne(LayerBlob blob, InputStream file, EntryVisitor visitor) throws InterruptedException {
        try {
            return read(blob, file, visitor);
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (UserError e) {
            throw e.where().isPresent() ? e : e.at(place(blob));
        } catch (Meter.ExcessException e) {
            throw UserError.unreadable("the layer asks for more than an image may: " + e.getMessage())
                    .at(place(blob))
                    .fix("no build makes such a layer: do not trust this image")
                    .because(e);
        } catch (IOException | IllegalArgumentException e) {
            throw UserError.unreadable("the layer is broken: " + e.getMessage())
                    .at(place(blob))
                    .fix("the image was damaged or tampered with: build or pull it again")
                    .because(e);
        }
    }

    private Layer.Measured read(LayerBlob blob, InputStream file, EntryVisitor visitor)
            throws IOException, InterruptedException {
        var stored = blob.digestOfTar() ? new Meter(file) : Meter.hashing(file);
        var buffered = new BufferedInputStream(stored, BUFFER);
        var compression = Compression.of(buffered);
        try (var decompressed = compression.decompress(buffered);
                var grown = new ReadAhead(
                        new BombGuard(decompressed, stored, limits.ratio(), RATIO_COUNTS_FROM, bytesLeft))) {
            var content = blob.digestOfTar() ? Meter.hashing(grown) : new Meter(grown);
            var entries = entries(blob, content, visitor);
            content.transferTo(OutputStream.nullOutputStream());
            buffered.transferTo(OutputStream.nullOutputStream());
            blobs.require(blob.layer().digest(), (blob.digestOfTar() ? content : stored).digest(), blob.name());
            bytesLeft -= content.count();
            return new Layer.Measured(blob.layer(), content.count(), entries);
        }
    }

    private int entries(LayerBlob blob, Meter content, EntryVisitor visitor) throws IOException, InterruptedException {
        var tar = new SafeTar(content);
        int position = 0;
        for (var next = tar.next(); next.isPresent(); next = tar.next()) {
            if (entriesLeft-- == 0) {
                throw new Meter.ExcessException("the image holds more than " + limits.entries() + " entries");
            }
            var entry = entry(blob.layer().index(), position, next.get());
            namesLeft -= entry.path().length() + entry.link().orElse("").length() + length(entry.attributes());
            if (namesLeft < 0) {
                throw new Meter.ExcessException("names and attributes take more than " + MOST_NAMES + " characters");
            }
            visitor.visit(entry, tar.content());
            tar.skipContent();
            position++;
        }
        return position;
    }

    private static Entry entry(int layer, int position, TarArchiveEntry tar) {
        var path = ImagePath.of(tar.getName());
        var name = ImagePath.name(path);
        var kind = kind(tar);
        if (name.equals(OPAQUE)) {
            kind = Entry.Kind.OPAQUE;
            path = ImagePath.parent(path);
        } else if (name.startsWith(WHITEOUT)) {
            kind = Entry.Kind.WHITEOUT;
            path = ImagePath.child(ImagePath.parent(path), name.substring(WHITEOUT.length()));
        }
        return new Entry(
                layer,
                position,
                path,
                kind,
                tar.getMode() & MODE_BITS,
                tar.getLongUserId(),
                tar.getLongGroupId(),
                kind == Entry.Kind.FILE ? tar.getSize() : 0,
                link(kind, tar),
                attributes(tar.getExtraPaxHeaders()));
    }

    private static Entry.Kind kind(TarArchiveEntry tar) {
        return switch (tar.getLinkFlag()) {
            case TarConstants.LF_LINK -> Entry.Kind.HARD_LINK;
            case TarConstants.LF_SYMLINK -> Entry.Kind.SYMBOLIC_LINK;
            case TarConstants.LF_CHR -> Entry.Kind.CHARACTER_DEVICE;
            case TarConstants.LF_BLK -> Entry.Kind.BLOCK_DEVICE;
            case TarConstants.LF_FIFO -> Entry.Kind.PIPE;
            default -> tar.isDirectory() ? Entry.Kind.DIRECTORY : Entry.Kind.FILE;
        };
    }

    private static Optional<String> link(Entry.Kind kind, TarArchiveEntry tar) {
        return switch (kind) {
            case SYMBOLIC_LINK -> Optional.of(ImagePath.target(tar.getLinkName()));
            case HARD_LINK -> Optional.of(ImagePath.of(tar.getLinkName()));
            default -> Optional.empty();
        };
    }

    private static Map<String, String> attributes(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        var attributes = new HashMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), value);
            }
        });
        return attributes;
    }

    private static long length(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(attribute ->
                        attribute.getKey().length() + attribute.getValue().length())
                .sum();
    }

    private String place(LayerBlob blob) {
        return blobs.place() + ": layer " + blob.layer().index() + " ("
                + blob.layer().digest() + ")";
    }
}
