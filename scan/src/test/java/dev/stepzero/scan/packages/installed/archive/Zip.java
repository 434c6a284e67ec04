package dev.stepzero.scan.packages.installed.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Composes archives. */
final class Zip {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    Zip pom(String group, String artifact, String version) {
        return deflated(
                "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
                "#Generated\ngroupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n");
    }

    Zip deflated(String name, String content) {
        return deflated(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Zip deflated(String name, byte[] content) {
        return add(new ZipEntry(name), content);
    }

    Zip stored(String name, byte[] content) {
        var entry = new ZipEntry(name);
        var checksum = new CRC32();
        checksum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        return add(entry, content);
    }

    private Zip add(ZipEntry entry, byte[] content) {
        try {
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            zip.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
