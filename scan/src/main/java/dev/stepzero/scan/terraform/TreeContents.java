package dev.stepzero.scan.terraform;

import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the tree as functions read them. */
final class TreeContents {
    private final TreeFiles files;
    private @Nullable List<String> paths;

    TreeContents(TreeFiles files) {
        this.files = files;
    }

    /** All of them, for what a build made may be deployed; listed when somebody asks first. */
    private synchronized List<String> paths() {
        if (paths == null) {
            paths = Stream.concat(files.all().stream(), files.leftOut(_ -> true).stream())
                    .map(TreeFile::path)
                    .sorted()
                    .toList();
        }
        return paths;
    }

    Optional<byte[]> read(String path) {
        return files.at(path).flatMap(file -> {
            try {
                return Optional.of(file.bytes());
            } catch (TreeFile.UnreadableFile e) {
                return Optional.empty();
            }
        });
    }

    /** The paths of all files below a directory, relative to it. */
    List<String> below(String directory) {
        var start = directory.isEmpty() ? "" : directory + "/";
        var all = paths();
        int at = Collections.binarySearch(all, start);
        var found = new ArrayList<String>();
        for (int i = at < 0 ? -at - 1 : at; i < all.size() && all.get(i).startsWith(start); i++) {
            found.add(all.get(i).substring(start.length()));
        }
        return found;
    }
}
