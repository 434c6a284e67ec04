package dev.stepzero.scan.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Composes the tar of a layer, also such as no honest build would make. */
public final class LayerTar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    public LayerTar() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    public LayerTar file(String path, int mode, String content) {
        return file(path, mode, content.getBytes(StandardCharsets.UTF_8));
    }

    public LayerTar file(String path, int mode, byte[] content) {
        return add(path, TarConstants.LF_NORMAL, mode, "", Map.of(), content);
    }

    public LayerTar file(String path, int mode, Map<String, String> headers) {
        return add(path, TarConstants.LF_NORMAL, mode, "", headers, new byte[0]);
    }

    public LayerTar directory(String path, int mode) {
        return add(path + "/", TarConstants.LF_DIR, mode, "", Map.of(), new byte[0]);
    }

    public LayerTar link(String path, String target) {
        return add(path, TarConstants.LF_SYMLINK, 0777, target, Map.of(), new byte[0]);
    }

    public LayerTar hardLink(String path, String target) {
        return add(path, TarConstants.LF_LINK, 0644, target, Map.of(), new byte[0]);
    }

    public LayerTar special(String path, byte type, byte[] content) {
        return add(path, type, 0644, "", Map.of(), content);
    }

    private LayerTar add(String path, byte type, int mode, String target, Map<String, String> headers, byte[] content) {
        try {
            var entry = new TarArchiveEntry(path, type, true);
            entry.setMode(mode);
            entry.setModTime(0);
            entry.setLinkName(target);
            entry.setSize(content.length);
            headers.forEach(entry::addPaxHeader);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        try {
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
