package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The final file system of an image: its layers laid over each other. Each file knows the layer it came from. */
public final class ImageFiles {
    private final FileTree tree = new FileTree();
    private final List<Hidden> hidden = new ArrayList<>();

    /**
     * A file that a later layer deletes or replaces: no container sees it, everyone who has the image can read it.
     *
     * @param file the file
     * @param by the index of the layer that hides it
     */
    public record Hidden(ImageFile file, int by) {}

    ImageFiles() {}

    /** Lays the next entry over what is there, as a container engine does. */
    void add(Entry entry) {
        switch (entry.kind()) {
            case WHITEOUT, OPAQUE -> {
                if (!unclear(entry.path())) {
                    whiteout(entry);
                }
            }
            case HARD_LINK -> put(entry, new FileTree.Node(linked(entry), entry.layer()));
            default -> put(entry, new FileTree.Node(entry, entry.layer()));
        }
    }

    /**
     * The tar reader puts a question mark for what is no UTF-8, so two names may read the same: with one in it, a name
     * neither replaces nor deletes another.
     */
    private static boolean unclear(String path) {
        return path.indexOf('?') >= 0;
    }

    private void whiteout(Entry entry) {
        if (entry.kind() == Entry.Kind.OPAQUE) {
            tree.find(entry.path(), true).ifPresent(directory -> clear(directory, entry.layer()));
        } else {
            delete(entry.path(), entry.layer());
        }
    }

    private Entry linked(Entry link) {
        var target = link.link().orElse("");
        return tree.find(target, false)
                .map(place -> place.node().entry())
                .filter(entry -> entry.kind() != Entry.Kind.DIRECTORY)
                .orElseThrow(() -> UserError.unreadable("the image holds a hard link to what is not there: "
                                + Printable.of(link.path()) + " to " + Printable.of(target))
                        .fix("no build makes such an entry: do not trust this image"));
    }

    private void put(Entry entry, FileTree.Node node) {
        var path = entry.path();
        if (path.equals("/")) {
            tree.root().become(node);
            return;
        }
        var parent = tree.makeDirectories(ImagePath.parent(path), node.layer());
        var name = ImagePath.name(path);
        var old = parent.node().child(name);
        if (old.isPresent() && old.get().isDirectory() && node.isDirectory()) {
            old.get().become(node);
            return;
        }
        if (old.isPresent() && unclear(path)) {
            parent.node().put(name + "#" + entry.layer() + "." + entry.position(), node);
            return;
        }
        old.ifPresent(before -> hide(new FileTree.Place(path, before), node.layer()));
        parent.node().put(name, node);
    }

    private void hide(FileTree.Place place, int by) {
        place.walk()
                .filter(gone -> gone.node().entry().kind() == Entry.Kind.FILE)
                .filter(gone -> gone.node().layer() < by)
                .forEach(gone -> hidden.add(new Hidden(gone.file(), by)));
    }

    private void delete(String path, int by) {
        tree.find(ImagePath.parent(path), true)
                .ifPresent(parent -> parent.node().child(ImagePath.name(path)).ifPresent(child -> {
                    if (emptied(new FileTree.Place(path, child), by)) {
                        parent.node().remove(ImagePath.name(path));
                    }
                }));
    }

    private void clear(FileTree.Place directory, int by) {
        directory.children().forEach(child -> {
            if (emptied(child, by)) {
                directory.node().remove(ImagePath.name(child.path()));
            }
        });
    }

    /** A whiteout concerns the layers below only: takes away what they gave, and says whether nothing is left. */
    private boolean emptied(FileTree.Place place, int by) {
        clear(place, by);
        var goes = place.node().layer() < by && place.node().isEmpty();
        if (goes) {
            hide(place, by);
        }
        return goes;
    }

    /** Every file, directory, link and device, each directory before what is in it, in the order of their names. */
    public Stream<ImageFile> stream() {
        return new FileTree.Place("/", tree.root()).walk().map(FileTree.Place::file);
    }

    /** What a process in the container finds under a path: links are followed; the file's path is the real one. */
    public Optional<ImageFile> find(String path) {
        return tree.find(path, true).map(FileTree.Place::file);
    }

    /** What the layers hold although no container sees it. */
    public List<Hidden> hidden() {
        return List.copyOf(hidden);
    }
}
