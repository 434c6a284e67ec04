package dev.stepzero.ship.image;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.debian.DebFile;
import dev.stepzero.ship.debian.DebianArchive;
import dev.stepzero.ship.debian.LockedPackage;
import dev.stepzero.ship.image.FileTree.Content;
import dev.stepzero.ship.image.FileTree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Unpacks Debian packages into a root file system and records them as distroless images do, one file a package below
 * {@code /var/lib/dpkg/status.d}, where scanners look. Maintainer scripts do not run.
 */
final class DebianRoot {
    private static final String RECORDS = "var/lib/dpkg/status.d/";
    private static final String CERTIFICATES = "usr/share/ca-certificates/";

    private final Selection selection;
    private final FileTree tree;
    private final Path spool;
    private final Certificates certificates = new Certificates();
    private int spooled;

    DebianRoot(Selection selection, FileTree tree, Path spool) {
        this.selection = selection;
        this.tree = tree;
        this.spool = spool;
    }

    void unpack(DebianArchive archive, List<LockedPackage> packages) throws IOException {
        for (var locked : packages) {
            unpack(locked.name(), archive.file(locked));
        }
        certificates.writeTo(tree, spool);
    }

    private void unpack(String name, Path file) {
        var contents = new HashMap<String, Node.Regular>();
        var deb = DebFile.read(file, (entry, content) -> take(name, entry, content, contents));
        tree.text(RECORDS + name, deb.control());
        tree.text(RECORDS + name + ".md5sums", kept(deb.md5sums()));
    }

    private void take(String name, DebFile.Entry entry, InputStream content, Map<String, Node.Regular> contents)
            throws IOException {
        var path = FileTree.canonical(entry.path());
        switch (entry) {
            case DebFile.Entry.Regular regular -> {
                var node = new Node.Regular(regular.mode(), new Content.OnDisk(spool(content)));
                contents.put(path, node);
                if (path.startsWith(CERTIFICATES) && path.endsWith(".crt")) {
                    certificates.add(path, node.content());
                }
                keep(name, path, node);
            }
            case DebFile.Entry.HardLink(var from, var target) -> {
                var node = contents.get(FileTree.canonical(target));
                if (node == null) {
                    throw UserError.unreadable("package " + name + " links " + from + " to what it does not contain");
                }
                keep(name, path, node);
            }
            case DebFile.Entry.SymbolicLink(var from, var target) -> keep(name, path, new Node.Link(target));
            case DebFile.Entry.Directory ignored -> {
                // Directories come with the files in them.
            }
        }
    }

    private void keep(String name, String path, Node node) {
        if (selection.keeps(name, path)) {
            tree.put(path, node);
        }
    }

    private Path spool(InputStream content) throws IOException {
        var file = spool.resolve("deb" + spooled++);
        Files.copy(content, file);
        return file;
    }

    private String kept(String md5sums) {
        return md5sums.lines()
                .filter(line ->
                        line.length() > 34 && tree.find(line.substring(34)).isPresent())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
