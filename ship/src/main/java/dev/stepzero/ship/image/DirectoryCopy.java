package dev.stepzero.ship.image;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a directory to {@code /app}: only what is inside it, and of the modes only who may execute. */
record DirectoryCopy(Path directory) {

    void addTo(FileTree tree) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted().toList()) {
                var path = "app/" + directory.relativize(file);
                if (Files.isSymbolicLink(file)) {
                    tree.link(path, inside(file));
                } else if (Files.isRegularFile(file)) {
                    tree.file(path, file, Files.isExecutable(file));
                } else if (Files.isDirectory(file)) {
                    tree.directory(path.replaceFirst("/$", ""), 0755);
                } else {
                    throw UserError.unreadable("an image can hold files, directories and links, but not this")
                            .at(file.toString())
                            .fix("take it out of the application's directory");
                }
            }
        }
    }

    private String inside(Path link) throws IOException {
        var target = Files.readSymbolicLink(link);
        var meant = link.resolveSibling(target).normalize();
        if (target.isAbsolute() || !meant.startsWith(directory.normalize())) {
            throw UserError.unreadable("a link leads out of the application's directory, to " + target)
                    .at(link.toString())
                    .fix("put what it means into the directory");
        }
        return target.toString();
    }
}
