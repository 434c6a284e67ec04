package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A file or URL of which one segment is made. */
sealed interface Source {
    /** What tells it from others, as the catalogue remembers it. */
    String location();

    /** A zip, or a file with one record, on a server. */
    record Remote(String location) implements Source {}

    /** A zip on this machine. */
    record Zip(String location, Path file) implements Source {}

    /** The loose files of a directory and those below. */
    record Loose(String location, Path directory, List<Path> files) implements Source {}

    static boolean isRemote(String origin) {
        var lower = origin.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** What the catalogue remembers of what a user named: a URL as it is, a path as an absolute one. */
    static String origin(String named) {
        return isRemote(named)
                ? named
                : Path.of(named).toAbsolutePath().normalize().toString();
    }

    /** All that an origin consists of. @throws UserError if it is not there or holds nothing of use */
    static List<Source> of(String origin) throws IOException {
        if (isRemote(origin)) {
            return List.of(new Remote(origin));
        }
        var path = Path.of(origin);
        if (Files.isRegularFile(path)) {
            var parent = path.toAbsolutePath().getParent();
            return Records.isZip(path) || parent == null
                    ? List.of(new Zip(origin, path))
                    : List.of(new Loose(origin, parent, List.of(path.toAbsolutePath())));
        }
        if (!Files.isDirectory(path)) {
            throw UserError.unreadable("there is no such file or directory")
                    .at(origin)
                    .fix("name a folder or zip of OSV records, or a URL of one");
        }
        var found = listed(path);
        if (found.isEmpty()) {
            throw UserError.unreadable("there is neither a .zip nor a .json file")
                    .at(origin)
                    .fix(
                            "name a folder or zip of OSV records, such as one of https://osv-vulnerabilities.storage.googleapis.com");
        }
        return found;
    }

    private static List<Source> listed(Path directory) throws IOException {
        var sources = new ArrayList<Source>();
        var loose = new ArrayList<Path>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var name = file.toString();
                if (attributes.isRegularFile() && name.endsWith(".zip")) {
                    sources.add(new Zip(name, file));
                } else if (attributes.isRegularFile() && name.endsWith(".json")) {
                    loose.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        sources.sort(java.util.Comparator.comparing(Source::location));
        if (!loose.isEmpty()) {
            Collections.sort(loose);
            sources.add(new Loose(directory.toString(), directory, List.copyOf(loose)));
        }
        return sources;
    }
}
