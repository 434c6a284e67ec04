package dev.stepzero.scan.image;

import com.github.luben.zstd.Zstd;
import dev.stepzero.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Composes small images in every form in which they are stored. */
public final class ImageComposer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<byte[]> blobs = new ArrayList<>();
    private final List<byte[]> tars = new ArrayList<>();
    private final List<Map<String, Object>> history = new ArrayList<>();
    private final Map<String, Object> config =
            new LinkedHashMap<>(Map.of("User", "10001:10001", "Healthcheck", Map.of("Test", List.of("CMD", "/app"))));
    private String created = "2026-11-20T10:00:00Z";

    public ImageComposer gzip(LayerTar layer) {
        return gzip(layer.bytes());
    }

    public ImageComposer gzip(byte[] tar) {
        return layer(tar, gzipped(tar));
    }

    /** A layer that an instruction made. */
    public ImageComposer gzip(LayerTar layer, String instruction) {
        gzip(layer);
        history.set(history.size() - 1, Map.of("created_by", instruction));
        return this;
    }

    public ImageComposer zstd(LayerTar layer) {
        var tar = layer.bytes();
        return layer(tar, Zstd.compress(tar));
    }

    public ImageComposer plain(LayerTar layer) {
        var tar = layer.bytes();
        return layer(tar, tar);
    }

    public ImageComposer layer(byte[] tar, byte[] blob) {
        tars.add(tar);
        blobs.add(blob);
        history.add(Map.of("created_by", "COPY layer " + (tars.size() - 1)));
        return this;
    }

    public ImageComposer step(String instruction) {
        history.add(Map.of("created_by", instruction, "empty_layer", true));
        return this;
    }

    public ImageComposer config(String key, Object value) {
        config.put(key, value);
        return this;
    }

    public ImageComposer created(String time) {
        created = time;
        return this;
    }

    /** Writes an OCI layout and gives the digest of its manifest. */
    public Digest layout(Path directory) {
        try {
            var store = Files.createDirectories(directory.resolve("blobs/sha256"));
            var layers = new ArrayList<Map<String, Object>>();
            for (var blob : blobs) {
                layers.add(descriptor(store, blob, "application/vnd.oci.image.layer.v1.tar"));
            }
            var manifest = Map.of(
                    "schemaVersion",
                    2,
                    "config",
                    descriptor(store, configuration(), "application/vnd.oci.image.config.v1+json"),
                    "layers",
                    layers);
            var content = JSON.writeValueAsBytes(manifest);
            var descriptor = descriptor(store, content, "application/vnd.oci.image.manifest.v1+json");
            Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            Files.write(
                    directory.resolve("index.json"),
                    JSON.writeValueAsBytes(Map.of("schemaVersion", 2, "manifests", List.of(descriptor))));
            return Digest.of(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what classic {@code docker save} writes and gives the image id. */
    public Digest dockerSave(Path archive) {
        var parts = new LinkedHashMap<String, byte[]>();
        var names = new ArrayList<String>();
        for (int i = 0; i < tars.size(); i++) {
            names.add(i + "/layer.tar");
            parts.put(i + "/layer.tar", tars.get(i));
        }
        parts.put("config.json", configuration());
        parts.put("manifest.json", JSON.writeValueAsBytes(List.of(Map.of("Config", "config.json", "Layers", names))));
        tar(archive, parts);
        return Digest.of(configuration());
    }

    public byte[] configuration() {
        var document = new LinkedHashMap<String, Object>();
        document.put("architecture", "amd64");
        document.put("os", "linux");
        document.put("created", created);
        document.put("config", config);
        document.put("history", history);
        document.put(
                "rootfs",
                Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        tars.stream().map(tar -> Digest.of(tar).toString()).toList()));
        return JSON.writeValueAsBytes(document);
    }

    /** Puts a layout directory into one tar, as {@code skopeo copy ... oci-archive:} does. */
    public static void archive(Path layout, Path archive) throws IOException {
        var parts = new LinkedHashMap<String, byte[]>();
        try (var files = Files.walk(layout)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                parts.put("./" + layout.relativize(file), Files.readAllBytes(file));
            }
        }
        tar(archive, parts);
    }

    private static void tar(Path archive, Map<String, byte[]> parts) {
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            for (var part : parts.entrySet()) {
                var entry = new TarArchiveEntry(part.getKey());
                entry.setSize(part.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(part.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzipped(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> descriptor(Path store, byte[] content, String type) throws IOException {
        var digest = Digest.of(content);
        Files.write(store.resolve(digest.hex()), content);
        return Map.of("mediaType", type, "digest", digest.toString(), "size", content.length);
    }
}
