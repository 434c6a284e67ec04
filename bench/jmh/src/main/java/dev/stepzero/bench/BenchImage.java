package dev.stepzero.bench;

import dev.stepzero.core.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes images to scan into an OCI layout: the same arguments give the same bytes. */
final class BenchImage {
    private static final int MEGABYTE = 1_000_000;
    private static final String[] WORDS =
            ("the package module function return const import export default require class static public void int "
                            + "string value index length null undefined self def None True raise from license software "
                            + "provided without warranty copyright notice shall be included copies portions permission")
                    .split(" ");

    private final Random random = new Random(42);
    private final Path directory;
    private final List<String> layers = new ArrayList<>();
    private final List<String> tars = new ArrayList<>();
    private final byte[] noise = new byte[4 << 20];

    private BenchImage(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("blobs/sha256"));
        random.nextBytes(noise);
    }

    /** 500 MB in six layers, as a service with a JRE, some scripts in JavaScript and Python, and a tool in Go has it. */
    static void service(Path directory) throws IOException {
        var image = new BenchImage(directory);
        image.layer(image::operatingSystem);
        image.layer(image::runtime);
        image.layer(image::scripts);
        image.layer(image::libraries);
        image.layer(image::application);
        image.layer(image::program);
        image.finish();
    }

    /** One layer of so many megabytes: a large archive, a large program, and a large file of text. */
    static void large(Path directory, int megabytes) throws IOException {
        var image = new BenchImage(directory);
        image.layer(tar -> {
            image.stream(tar, "opt/data/table.bin", megabytes / 2, new byte[0], 0644);
            image.stream(
                    tar, "opt/bin/tool", megabytes / 4, "\u007fELF----".getBytes(StandardCharsets.ISO_8859_1), 0755);
            var jar = image.fatJar(70);
            file(tar, "opt/app/app-1.0.jar", jar, 0644);
            image.stream(tar, "opt/data/more.bin", megabytes / 4 - jar.length / MEGABYTE, new byte[0], 0644);
        });
        image.finish();
    }

    @FunctionalInterface
    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private void layer(Content content) throws IOException {
        var file = Files.createTempFile(directory, "layer", null);
        var stored = Digest.sha256();
        var plain = Digest.sha256();
        try (var out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), stored);
                var tar =
                        new TarArchiveOutputStream(new DigestOutputStream(new GZIPOutputStream(out, 1 << 16), plain))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            content.write(tar);
        }
        var digest = HexFormat.of().formatHex(stored.digest());
        Files.move(file, directory.resolve("blobs/sha256").resolve(digest));
        layers.add(digest);
        tars.add(HexFormat.of().formatHex(plain.digest()));
    }

    private void finish() throws IOException {
        var config = blob("""
                {"architecture":"amd64","os":"linux","created":"2026-11-20T10:00:00Z","config":{"User":"10001"},\
                "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(
                        tars.stream().map(each -> "\"sha256:" + each + "\"").collect(Collectors.joining(","))));
        var described = new ArrayList<String>();
        for (var layer : layers) {
            described.add(descriptor("layer.v1.tar+gzip", layer));
        }
        var manifest = blob("{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                .formatted(descriptor("config.v1+json", config), String.join(",", described)));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                directory.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(descriptor("manifest.v1+json", manifest)));
    }

    private String blob(String text) throws IOException {
        var digest = Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
        Files.writeString(directory.resolve("blobs/sha256").resolve(digest), text);
        return digest;
    }

    private String descriptor(String type, String digest) throws IOException {
        return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"sha256:%s\",\"size\":%d}"
                .formatted(
                        type,
                        digest,
                        Files.size(directory.resolve("blobs/sha256").resolve(digest)));
    }

    private static void file(TarArchiveOutputStream tar, String path, byte[] content, int mode) throws IOException {
        var entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        entry.setMode(mode);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void stream(TarArchiveOutputStream tar, String path, int megabytes, byte[] start, int mode)
            throws IOException {
        var entry = new TarArchiveEntry(path);
        entry.setSize((long) megabytes * MEGABYTE);
        entry.setMode(mode);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        for (int i = 0; i < megabytes; i++) {
            var content = binary(MEGABYTE);
            System.arraycopy(start, 0, content, 0, i == 0 ? start.length : 0);
            tar.write(content);
        }
        tar.closeArchiveEntry();
    }

    /** Text of words, which compresses about four times. */
    private byte[] text(int length) {
        var text = new StringBuilder(length + 20);
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(12) == 0 ? ";\n" : " ");
            if (random.nextInt(9) == 0) {
                text.append(Integer.toHexString(random.nextInt()));
            }
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** Short runs of noise among repeated and empty ones, which compress about two and a half times as machine code does. */
    private byte[] binary(int length) {
        var content = new byte[length];
        for (int at = 0; at < length; ) {
            int run = Math.min(length - at, 8 + random.nextInt(56));
            switch (random.nextInt(5)) {
                case 0, 1 -> System.arraycopy(noise, random.nextInt(noise.length - 64), content, at, run);
                case 2 ->
                    System.arraycopy(
                            content, Math.max(0, at - 4000 + random.nextInt(1000)), content, at, at > 4064 ? run : 0);
                case 3 -> System.arraycopy(noise, random.nextInt(256), content, at, run);
                default -> {}
            }
            at += run;
        }
        return content;
    }

    private byte[] elf(int length) {
        var content = binary(length);
        System.arraycopy("\u007fELF\2\1\1\0".getBytes(StandardCharsets.ISO_8859_1), 0, content, 0, 8);
        return content;
    }

    private void operatingSystem(TarArchiveOutputStream tar) throws IOException {
        file(tar, "etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n".getBytes(StandardCharsets.UTF_8), 0644);
        var status = IntStream.range(0, 300)
                .mapToObj(i ->
                        "Package: lib%d\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.%d-1\nDescription: %s\n\n"
                                .formatted(i, i, new String(text(300), StandardCharsets.US_ASCII).replace('\n', ' ')))
                .collect(Collectors.joining());
        file(tar, "var/lib/dpkg/status", status.getBytes(StandardCharsets.UTF_8), 0644);
        for (int i = 0; i < 300; i++) {
            var list = new StringBuilder();
            for (int j = 0; j < 20; j++) {
                var path = "usr/share/lib" + i + "/file" + j + ".txt";
                list.append('/').append(path).append('\n');
                file(tar, path, text(500 + random.nextInt(12_000)), 0644);
            }
            file(tar, "usr/lib/x86_64-linux-gnu/lib" + i + ".so.1", elf(20_000 + random.nextInt(160_000)), 0644);
            file(tar, "var/lib/dpkg/info/lib" + i + ".list", list.toString().getBytes(StandardCharsets.UTF_8), 0644);
        }
        for (int i = 0; i < 200; i++) {
            file(tar, "usr/bin/tool" + i, elf(20_000 + random.nextInt(120_000)), 0755);
        }
    }

    private void runtime(TarArchiveOutputStream tar) throws IOException {
        file(tar, "opt/java/lib/modules", binary(70 * MEGABYTE), 0644);
        file(tar, "opt/java/lib/server/libjvm.so", elf(24 * MEGABYTE), 0755);
        for (int i = 0; i < 40; i++) {
            file(tar, "opt/java/lib/lib" + i + ".so", elf(100_000 + random.nextInt(200_000)), 0755);
        }
    }

    private void scripts(TarArchiveOutputStream tar) throws IOException {
        for (int i = 0; i < 800; i++) {
            var directory = "srv/node_modules/module" + i + "/";
            var json = "{\"name\": \"module%d\", \"version\": \"1.%d.0\", \"license\": \"MIT\"}".formatted(i, i);
            file(tar, directory + "package.json", json.getBytes(StandardCharsets.UTF_8), 0644);
            for (int j = 0; j < 18; j++) {
                file(tar, directory + "lib/file" + j + ".js", text(200 + random.nextInt(7_000)), 0644);
            }
        }
        for (int i = 0; i < 200; i++) {
            var directory = "usr/local/lib/python3.13/site-packages/";
            var metadata = "Metadata-Version: 2.1\nName: package%d\nVersion: 2.%d\n\n".formatted(i, i);
            file(
                    tar,
                    directory + "package" + i + "-2." + i + ".dist-info/METADATA",
                    metadata.getBytes(StandardCharsets.UTF_8),
                    0644);
            for (int j = 0; j < 25; j++) {
                file(tar, directory + "package" + i + "/file" + j + ".py", text(500 + random.nextInt(9_000)), 0644);
            }
        }
    }

    private void libraries(TarArchiveOutputStream tar) throws IOException {
        for (int i = 0; i < 150; i++) {
            file(
                    tar,
                    "opt/tomcat/lib/library" + i + "-3." + i + ".jar",
                    jar("library" + i, "3." + i, 100_000 + random.nextInt(1_400_000)),
                    0644);
        }
    }

    private void application(TarArchiveOutputStream tar) throws IOException {
        file(tar, "app/service-1.0.jar", fatJar(60), 0644);
    }

    private void program(TarArchiveOutputStream tar) throws IOException {
        file(tar, "usr/local/bin/agent", elf(60 * MEGABYTE), 0755);
    }

    private byte[] jar(String artifact, String version, int size) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var maven = "META-INF/maven/com.example/" + artifact + "/pom.properties";
            zip.putNextEntry(new ZipEntry(maven));
            zip.write("groupId=com.example\nartifactId=%s\nversion=%s\n"
                    .formatted(artifact, version)
                    .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; bytes.size() < size; i++) {
                zip.putNextEntry(new ZipEntry("com/example/" + artifact + "/Class" + i + ".class"));
                zip.write(binary(1000 + random.nextInt(9_000)));
            }
        }
        return bytes.toByteArray();
    }

    /** As Spring Boot packs it: the libraries are stored as they are. */
    private byte[] fatJar(int megabytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; bytes.size() < megabytes * MEGABYTE; i++) {
                var jar = jar("inner" + i, "1." + i, 200_000 + random.nextInt(1_000_000));
                var entry = new ZipEntry("BOOT-INF/lib/inner" + i + "-1." + i + ".jar");
                var checksum = new CRC32();
                checksum.update(jar);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(jar.length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(jar);
            }
        }
        return bytes.toByteArray();
    }
}
