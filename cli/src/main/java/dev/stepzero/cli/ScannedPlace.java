package dev.stepzero.cli;

import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scan is pointed at.
 *
 * @param subject the directory or file
 * @param directory the directory, or that of the file
 * @param upwards the directory and those above it, up to the repository's root; itself alone where there is none
 */
record ScannedPlace(Subject.SourceTree subject, Path directory, List<Path> upwards) {

    static ScannedPlace of(Path given) {
        var file = Files.isRegularFile(given);
        if (!file && !Files.isDirectory(given)) {
            throw UserError.unreadable("there is no such file or directory")
                    .at(given.toString())
                    .fix("name a directory, or a file with infrastructure code");
        }
        var absolute = given.toAbsolutePath().normalize();
        var directory = file && absolute.getParent() != null ? absolute.getParent() : absolute;
        var name = given.normalize().toString();
        if (name.isEmpty() || name.startsWith("..")) {
            name = absolute.getNameCount() == 0 ? absolute.toString() : String.valueOf(absolute.getFileName());
        }
        return new ScannedPlace(new Subject.SourceTree(name, given), directory, upwards(directory));
    }

    private static List<Path> upwards(Path directory) {
        var above = new ArrayList<Path>();
        for (var each = directory; each != null; each = each.getParent()) {
            above.add(each);
            if (Files.exists(each.resolve(".git"))) {
                return List.copyOf(above);
            }
        }
        return List.of(directory);
    }

    boolean wholeDirectory() {
        return Files.isDirectory(subject.directory());
    }

    /** The directory relative to the repository's root; empty, or ending with a slash. */
    String prefix() {
        var prefix = upwards.getLast().relativize(directory).toString().replace('\\', '/');
        return prefix.isEmpty() ? "" : prefix + "/";
    }
}
