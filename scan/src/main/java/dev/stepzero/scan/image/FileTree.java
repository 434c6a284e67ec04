package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories and what is in them, found as the kernel finds them: through symbolic links, never above the root. */
final class FileTree {
    private static final int MOST_LINKS = 40;
    /** Far more than half a million files need; a maze of links that asks for more is an attack. */
    private static final long MOST_STEPS = 200_000_000;

    /** Deep enough for any build; what walks the tree may recurse. */
    private static final int DEEPEST = 512;

    private static final int IMPLIED_MODE = 0755;

    private final Node root = new Node(implied("/", 0), 0);
    private long steps;

    /** A node under its real path. */
    record Place(String path, Node node) {

        ImageFile file() {
            return new ImageFile(path, node.entry);
        }

        List<Place> children() {
            return node.children.entrySet().stream()
                    .map(child -> new Place(ImagePath.child(path, child.getKey()), child.getValue()))
                    .toList();
        }

        /** This place and everything below it, each directory before what is in it. */
        Stream<Place> walk() {
            var ahead = new ArrayDeque<Place>();
            ahead.push(this);
            return Stream.iterate(ahead.pop(), Objects::nonNull, place -> {
                place.children().reversed().forEach(ahead::push);
                return ahead.poll();
            });
        }
    }

    /** Something at a name. Its layer is where the name came from; a hard link's entry may come from one below. */
    static final class Node {
        private Entry entry;
        private int layer;
        private SortedMap<String, Node> children = Collections.emptySortedMap();

        Node(Entry entry, int layer) {
            this.entry = entry;
            this.layer = layer;
        }

        Entry entry() {
            return entry;
        }

        int layer() {
            return layer;
        }

        boolean isDirectory() {
            return entry.kind() == Entry.Kind.DIRECTORY;
        }

        boolean isEmpty() {
            return children.isEmpty();
        }

        Optional<Node> child(String name) {
            return Optional.ofNullable(children.get(name));
        }

        void put(String name, Node child) {
            if (children.isEmpty()) {
                children = new TreeMap<>();
            }
            children.put(name, child);
        }

        void remove(String name) {
            children.remove(name);
        }

        /** Takes over a directory's metadata and keeps what is in it. */
        void become(Node directory) {
            if (directory.isDirectory()) {
                entry = directory.entry;
                layer = directory.layer;
            }
        }
    }

    Node root() {
        return root;
    }

    /** Finds what is at a path; a link that ends it is followed on demand. */
    Optional<Place> find(String path, boolean followLast) {
        var walk = new Walk(path);
        while (walk.goesOn()) {
            var name = walk.next();
            var child = walk.node().child(name);
            if (child.isEmpty() || !walk.enter(name, child.get(), followLast)) {
                return Optional.empty();
            }
        }
        return Optional.of(walk.place());
    }

    /** Finds a directory and makes what is missing of it. */
    Place makeDirectories(String path, int layer) {
        var walk = new Walk(path);
        while (walk.goesOn()) {
            var name = walk.next();
            var child = walk.node().child(name).orElseGet(() -> {
                var made = new Node(implied(ImagePath.child(walk.place().path(), name), layer), layer);
                walk.node().put(name, made);
                return made;
            });
            if (!walk.enter(name, child, true)) {
                throw notADirectory(path);
            }
        }
        if (!walk.node().isDirectory()) {
            throw notADirectory(path);
        }
        return walk.place();
    }

    private static UserError notADirectory(String path) {
        return UserError.unreadable("the image puts files into what is no directory: " + Printable.of(path))
                .fix("no build makes such an entry: do not trust this image");
    }

    private static Entry implied(String path, int layer) {
        return new Entry(layer, -1, path, Entry.Kind.DIRECTORY, IMPLIED_MODE, 0, 0, 0, Optional.empty(), Map.of());
    }

    /** A walk from the root, part by part. */
    private final class Walk {
        private final ArrayDeque<String> ahead = new ArrayDeque<>();
        private final ArrayDeque<String> names = new ArrayDeque<>();
        private final ArrayDeque<Node> nodes = new ArrayDeque<>();
        private int links;

        Walk(String path) {
            nodes.push(root);
            head(path);
        }

        private void head(String path) {
            for (var part : List.of(path.split("/", -1)).reversed()) {
                if (!part.isEmpty() && !part.equals(".")) {
                    ahead.push(part);
                }
            }
        }

        /** True when a name is to be looked up next; steps upwards are done on the way. */
        boolean goesOn() {
            while ("..".equals(ahead.peek())) {
                ahead.pop();
                if (!names.isEmpty()) {
                    names.pop();
                    nodes.pop();
                }
            }
            return !ahead.isEmpty();
        }

        String next() {
            if (++steps > MOST_STEPS) {
                throw UserError.unreadable("the image's links form a maze that takes too long to walk")
                        .fix("no build makes such links: do not trust this image");
            }
            return ahead.pop();
        }

        Node node() {
            return nodes.element();
        }

        Place place() {
            return new Place(names.isEmpty() ? "/" : "/" + String.join("/", names.reversed()), node());
        }

        /** Goes on into a child; false when the way ends there. */
        boolean enter(String name, Node child, boolean followLast) {
            var link = child.entry.kind() == Entry.Kind.SYMBOLIC_LINK ? child.entry.link() : Optional.<String>empty();
            if (link.isPresent() && (followLast || !ahead.isEmpty())) {
                return follow(link.get());
            }
            if (names.size() == DEEPEST) {
                throw UserError.unreadable("the image nests directories deeper than " + DEEPEST)
                        .fix("no build nests so deep: do not trust this image");
            }
            names.push(name);
            nodes.push(child);
            return child.isDirectory() || ahead.isEmpty();
        }

        private boolean follow(String target) {
            if (++links > MOST_LINKS) {
                return false;
            }
            if (target.startsWith("/")) {
                names.clear();
                nodes.clear();
                nodes.push(root);
            }
            head(target);
            return true;
        }
    }
}
