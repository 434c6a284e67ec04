package dev.stepzero.ship.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a layer, by path without a leading slash. As in Debian since its release 12, {@code /bin}, {@code /lib}
 * and their like are links into {@code /usr}, whatever the packages say.
 */
final class FileTree {
    private final TreeMap<String, Node> nodes = new TreeMap<>();

    sealed interface Node {
        /** {@code owner} is both user and group. */
        record Directory(int mode, int owner) implements Node {}

        record Regular(int mode, Content content) implements Node {}

        record Link(String target) implements Node {}
    }

    sealed interface Content {
        long size() throws IOException;

        InputStream open() throws IOException;

        record OnDisk(Path file) implements Content {
            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        }

        record Text(String text) implements Content {
            @Override
            public long size() {
                return bytes().length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes());
            }

            private byte[] bytes() {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    SortedMap<String, Node> nodes() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    Optional<Node> find(String path) {
        return Optional.ofNullable(nodes.get(canonical(path)));
    }

    /** Adds a node and the directories above it; set-user-ID and set-group-ID bits do not get in. */
    void put(String path, Node node) {
        var place = canonical(path);
        addParents(place);
        nodes.put(
                place,
                switch (node) {
                    case Node.Directory(var mode, var owner) -> new Node.Directory(mode & 01777, owner);
                    case Node.Regular(var mode, var content) -> new Node.Regular(mode & 0777, content);
                    case Node.Link link -> link;
                });
    }

    void directory(String path, int mode) {
        put(path, new Node.Directory(mode, 0));
    }

    void text(String path, String text) {
        put(path, new Node.Regular(0644, new Content.Text(text)));
    }

    void file(String path, Path file, boolean executable) {
        put(path, new Node.Regular(executable ? 0755 : 0644, new Content.OnDisk(file)));
    }

    void link(String path, String target) {
        put(path, new Node.Link(target));
    }

    private void addParents(String path) {
        for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            nodes.putIfAbsent(path.substring(0, slash), new Node.Directory(0755, 0));
        }
    }

    static String canonical(String path) {
        return path.matches("(bin|sbin|lib|lib32|lib64|libx32)/.*") ? "usr/" + path : path;
    }
}
