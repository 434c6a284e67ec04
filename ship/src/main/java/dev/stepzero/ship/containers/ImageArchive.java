package dev.stepzero.ship.containers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams an image as a tar archive that is both an OCI layout (image-layout specification 1.0) and, through its
 * {@code manifest.json}, what {@code docker save} writes: Podman and new Docker read the one, older Docker the other.
 */
final class ImageArchive {
    private static final int RECORD = 512;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<InputStream> parts = new ArrayList<>();

    private ImageArchive() {}

    /** The archive's bytes, read from the layout as they are asked for. */
    static InputStream open(LayoutImage image) throws IOException {
        var manifestFile = image.blob(image.manifest());
        var descriptor = Map.of(
                "mediaType", image.mediaType(),
                "digest", image.manifest().toString(),
                "size", Files.size(manifestFile));
        var saved = Map.of(
                "Config", name(image.config().hex()),
                "Layers",
                        image.layers().stream().map(layer -> name(layer.hex())).toList());
        var blobs = new LinkedHashSet<>(List.of(image.manifest(), image.config()));
        blobs.addAll(image.layers());

        var archive = new ImageArchive();
        archive.document("oci-layout", Map.of("imageLayoutVersion", "1.0.0"));
        archive.document("index.json", Map.of("schemaVersion", 2, "manifests", List.of(descriptor)));
        archive.document("manifest.json", List.of(saved));
        for (var blob : blobs) {
            archive.file(name(blob.hex()), image.blob(blob));
        }
        archive.bytes(new byte[2 * RECORD]);
        return new SequenceInputStream(Collections.enumeration(archive.parts));
    }

    private static String name(String hex) {
        return "blobs/sha256/" + hex;
    }

    private void document(String name, Object content) {
        var json = JSON.writeValueAsBytes(content);
        header(name, json.length);
        bytes(json);
        padding(json.length);
    }

    private void file(String name, Path file) throws IOException {
        long size = Files.size(file);
        header(name, size);
        parts.add(Files.newInputStream(file));
        padding(size);
    }

    private void header(String name, long size) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(0L);
        var header = new byte[RECORD];
        entry.writeEntryHeader(header);
        bytes(header);
    }

    private void padding(long size) {
        bytes(new byte[Math.toIntExact(Math.floorMod(-size, (long) RECORD))]);
    }

    private void bytes(byte[] content) {
        parts.add(new ByteArrayInputStream(content));
    }
}
