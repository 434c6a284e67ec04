package dev.stepzero.ship.contents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.ship.image.OciLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A build of a Java application on Debian, and the image that came of it, which may be spoilt. */
public final class TestBuild {
    public static final Contents.Deb LIBC = new Contents.Deb(
            "libc6", "2.36-9+deb12u13", "amd64", Digest.of(new byte[] {1}).hex());

    private final Path directory;
    private final List<Contents.Archive> archives = new ArrayList<>();
    final Map<String, byte[]> files = new LinkedHashMap<>();

    public TestBuild(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("sources"));
        text("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n");
        text("var/lib/dpkg/status.d/libc6", """
                Package: libc6
                Source: glibc
                Version: 2.36-9+deb12u13
                Architecture: amd64
                """);
        archive("/app/app.jar", jar("example", "app", "1.0"));
        archive("/app/lib/left-1.0.jar", jar("example", "left", "1.0"));
    }

    void text(String path, String content) {
        files.put(path, content.getBytes(UTF_8));
    }

    /** Has the build put an archive into the image. */
    void archive(String place, byte[] content) throws IOException {
        var file = directory.resolve("target").resolve(place.substring(place.lastIndexOf('/') + 1));
        Files.createDirectories(directory.resolve("target"));
        archives.add(Archives.archive(place, Files.write(file, content)));
        files.put(place.substring(1), content);
    }

    static byte[] jar(String group, String artifact, String version, String... more) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/%s/%s/pom.properties".formatted(group, artifact)));
            zip.write("groupId=%s\nartifactId=%s\nversion=%s\n"
                    .formatted(group, artifact, version)
                    .getBytes(UTF_8));
            for (var name : more) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        return bytes.toByteArray();
    }

    /** An archive of empty files, which says nothing of itself. */
    static byte[] zip(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        return bytes.toByteArray();
    }

    /** Writes a file of the commit, or of Maven's local repository below {@code m2}. */
    void write(String path, byte[] content) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    Contents contents() {
        return new Contents(List.of(LIBC), "25.0.1+8", archives, "");
    }

    Reconciliation reconcile() throws IOException, InterruptedException {
        return Reconciliation.of(contents(), installed(), directory.resolve("sources"), directory.resolve("m2"));
    }

    /** What a scan of the image finds. */
    public Inventory installed() throws IOException, InterruptedException {
        var layout = OciLayout.at(directory.resolve("layout"));
        return InstalledPackages.of(OciImage.open(layout.directory(), image(layout)));
    }

    private Digest image(OciLayout layout) throws IOException {
        var layer = tar();
        var config = """
                {"os":"linux","architecture":"amd64","config":{},"rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(Digest.of(layer)).getBytes(UTF_8);
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}""".formatted(Digest.of(config), config.length, Digest.of(layer), layer.length)
                .getBytes(UTF_8);
        for (var blob : List.of(layer, config, manifest)) {
            layout.put(blob);
        }
        return Digest.of(manifest);
    }

    private byte[] tar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
