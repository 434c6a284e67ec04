package dev.stepzero.ship.containers;

import dev.stepzero.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import tools.jackson.databind.json.JsonMapper;

/** Writes an image of one layer from programs of this host, as an OCI layout. */
public final class TestImage {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ByteArrayOutputStream layer = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(layer);
    private final Set<String> names = new HashSet<>();
    private final Map<String, Object> config = new LinkedHashMap<>();

    public TestImage() throws IOException {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        config.put("Env", List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        directory("tmp", 0, 01777);
        text("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:10001:10001::/tmp:/bin/sh\n");
        text("etc/group", "root:x:0:\napp:x:10001:\n");
    }

    /** An image that has BusyBox under the names of all the usual commands. */
    public static TestImage busybox() throws IOException, InterruptedException {
        var image = new TestImage();
        var busybox = Path.of("/bin/busybox");
        image.file("bin/busybox", busybox);
        for (var applet : output(busybox.toString(), "--list").lines().toList()) {
            image.link("bin/" + applet, "busybox");
        }
        return image;
    }

    public TestImage command(String key, String... words) {
        config.put(key, List.of(words));
        return this;
    }

    public TestImage environment(String... variables) {
        config.put("Env", List.of(variables));
        return this;
    }

    public TestImage directory(String name, int owner, int mode) throws IOException {
        if (names.add(name)) {
            parents(name);
            var entry = new TarArchiveEntry(name + "/");
            entry.setMode(mode);
            entry.setIds(owner, owner);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return this;
    }

    public TestImage text(String name, String content) throws IOException {
        return bytes(name, content.getBytes(StandardCharsets.UTF_8), 0644);
    }

    /** Adds a file, following a symbolic link to it. */
    public TestImage file(String name, Path source) throws IOException {
        return bytes(name, Files.readAllBytes(source), Files.isExecutable(source) ? 0755 : 0644);
    }

    public TestImage link(String name, String target) throws IOException {
        if (names.add(name)) {
            parents(name);
            var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        return this;
    }

    /** Adds a program where it stands on this host, with the libraries that it is linked to. */
    public TestImage program(Path program) throws IOException, InterruptedException {
        file(program.toString().substring(1), program);
        for (var library : LIBRARY.matcher(output("ldd", program.toString()))
                .results()
                .map(match -> match.group(1))
                .toList()) {
            file(library.substring(1), Path.of(library));
        }
        return this;
    }

    /** Adds what is below a directory of this host. */
    public TestImage tree(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                file(file.toString().substring(1), file);
            }
        }
        return this;
    }

    /** Writes the image into the layout and answers its manifest's digest. */
    public Digest write(Path layout) throws IOException {
        tar.finish();
        var plain = layer.toByteArray();
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        var configDigest = blob(
                layout,
                JSON.writeValueAsBytes(Map.of(
                        "architecture",
                        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
                        "os",
                        "linux",
                        "config",
                        config,
                        "rootfs",
                        Map.of(
                                "type",
                                "layers",
                                "diff_ids",
                                List.of(Digest.of(plain).toString())))));
        var layerDigest = blob(layout, packed.toByteArray());
        return blob(
                layout,
                JSON.writeValueAsBytes(Map.of(
                        "schemaVersion",
                        2,
                        "mediaType",
                        "application/vnd.oci.image.manifest.v1+json",
                        "config",
                        descriptor(layout, "config.v1+json", configDigest),
                        "layers",
                        List.of(descriptor(layout, "layer.v1.tar+gzip", layerDigest)))));
    }

    private TestImage bytes(String name, byte[] content, int mode) throws IOException {
        if (names.add(name)) {
            parents(name);
            var entry = new TarArchiveEntry(name);
            entry.setMode(mode);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return this;
    }

    /** Docker makes directories that no entry names, but for root alone. */
    private void parents(String name) throws IOException {
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            directory(name.substring(0, slash), 0, 0755);
        }
    }

    private static Map<String, Object> descriptor(Path layout, String type, Digest digest) throws IOException {
        return Map.of(
                "mediaType", "application/vnd.oci.image." + type,
                "digest", digest.toString(),
                "size", Files.size(layout.resolve("blobs/sha256").resolve(digest.hex())));
    }

    private static Digest blob(Path layout, byte[] content) throws IOException {
        var digest = Digest.of(content);
        var directory = Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.write(directory.resolve(digest.hex()), content);
        return digest;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
