package dev.stepzero.scan.terraform;

import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The files of the tree as functions read them. */
final class TreeContents {
    private final TreeFiles files;
    private final List<String> paths;

    /** All of them, for what a build made may be deployed. */
    TreeContents(TreeFiles files) {
        this.files = files;
        this.paths = new ArrayList<>(files.all().size());
        files.all().forEach(file -> paths.add(file.path()));
        files.leftOut().forEach(file -> paths.add(file.path()));
        Collections.sort(paths);
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
        int at = Collections.binarySearch(paths, start);
        var found = new ArrayList<String>();
        for (int i = at < 0 ? -at - 1 : at; i < paths.size() && paths.get(i).startsWith(start); i++) {
            found.add(paths.get(i).substring(start.length()));
        }
        return found;
    }
}
