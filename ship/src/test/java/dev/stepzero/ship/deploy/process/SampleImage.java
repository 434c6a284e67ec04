package dev.stepzero.ship.deploy.process;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.deploy.Release;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Composes small images in OCI layouts, with {@link SampleApplication} inside and this machine's Java outside. */
final class SampleImage {
    private SampleImage() {}

    /** An image that answers with the commit. */
    static Release of(Path layout, String commit) throws IOException {
        return of(layout, commit, Map.of());
    }

    static Release of(Path layout, String commit, Map<String, String> more) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("app/commit", commit.getBytes(StandardCharsets.UTF_8));
        more.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        var type = SampleApplication.class.getName().replace('.', '/') + ".class";
        try (var content = SampleImage.class.getResourceAsStream("/" + type)) {
            files.put(
                    "app/classes/" + type,
                    java.util.Objects.requireNonNull(content).readAllBytes());
        }
        var layer = tar(files);
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(layer);
        }
        var config =
                """
                {"architecture": "amd64", "os": "linux",
                 "config": {"User": "10001:10001", "WorkingDir": "/app", "Env": ["COMMIT_FILE=/app/commit", "PATH=/app/bin:/usr/bin"],
                  "Entrypoint": ["%s/bin/java", "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                   "-Djava.io.tmpdir=/tmp", "-cp", "/app/classes", "%s"]},
                 "rootfs": {"type": "layers", "diff_ids": ["%s"]}}
                """.formatted(System.getProperty("java.home"), SampleApplication.class.getName(), Digest.of(layer));
        var configDigest = blob(layout, config.getBytes(StandardCharsets.UTF_8));
        var layerDigest = blob(layout, zipped.toByteArray());
        var manifest =
                """
                {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%s", "size": %d}]}
                """.formatted(configDigest, config.getBytes(StandardCharsets.UTF_8).length, layerDigest, zipped.size());
        var digest = blob(layout, manifest.getBytes(StandardCharsets.UTF_8));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"), """
                {"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json",
                 "digest": "%s", "size": %d}]}
                """.formatted(digest, manifest.getBytes(StandardCharsets.UTF_8).length));
        return new Release("sample", commit, digest, layout);
    }

    private static Digest blob(Path layout, byte[] content) throws IOException {
        var digest = Digest.of(content);
        var blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.write(blobs.resolve(digest.hex()), content);
        return digest;
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(0100644);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
