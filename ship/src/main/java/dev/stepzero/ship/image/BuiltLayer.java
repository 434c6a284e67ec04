package dev.stepzero.ship.image;

import dev.stepzero.core.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A layer as a gzip-compressed tar file. Equal trees give equal bytes: the order, times, owners and modes come from
 * the tree alone.
 *
 * @param blob the digest of the file
 * @param content the digest of the tar inside, which the image's configuration names
 * @param size of the file, in bytes
 */
record BuiltLayer(Digest blob, Digest content, long size, Path file) {
    /** One second, because some tools take a time of zero for a missing one. */
    private static final long TIME_MILLIS = 1000;

    static BuiltLayer write(FileTree tree, Path file) throws IOException {
        var blob = Digest.sha256();
        var content = Digest.sha256();
        try (var out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), blob);
                var gzip = new GZIPOutputStream(out, 1 << 16);
                var tar = new BufferedOutputStream(new DigestOutputStream(gzip, content), 1 << 16)) {
            writeTar(tree, tar);
        }
        return new BuiltLayer(digest(blob.digest()), digest(content.digest()), Files.size(file), file);
    }

    private static Digest digest(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(bytes));
    }

    private static void writeTar(FileTree tree, OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (var node : tree.nodes().entrySet()) {
            write(node.getKey(), node.getValue(), tar);
        }
        tar.finish();
        tar.flush();
    }

    private static void write(String path, FileTree.Node node, TarArchiveOutputStream tar) throws IOException {
        switch (node) {
            case FileTree.Node.Directory(var mode, var owner) -> {
                var entry = entry(path + "/", TarConstants.LF_DIR, mode);
                entry.setIds(owner, owner);
                tar.putArchiveEntry(entry);
            }
            case FileTree.Node.Link(var target) -> {
                var entry = entry(path, TarConstants.LF_SYMLINK, 0777);
                entry.setLinkName(target);
                tar.putArchiveEntry(entry);
            }
            case FileTree.Node.Regular(var mode, var content) -> {
                var entry = entry(path, TarConstants.LF_NORMAL, mode);
                entry.setSize(content.size());
                tar.putArchiveEntry(entry);
                try (var in = content.open()) {
                    in.transferTo(tar);
                }
            }
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String path, byte type, int mode) {
        var entry = new TarArchiveEntry(path, type);
        entry.setMode(mode);
        entry.setModTime(TIME_MILLIS);
        entry.setIds(0, 0);
        entry.setUserName("");
        entry.setGroupName("");
        return entry;
    }
}
