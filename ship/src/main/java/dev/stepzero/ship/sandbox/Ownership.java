package dev.stepzero.ship.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;

/** What is left to be put right after another user worked in our directories. */
final class Ownership {
    private Ownership() {}

    /** Makes us the owner of all in a directory; links are not followed. Only root may do so. */
    static void takeBack(Path directory) throws IOException {
        var self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        var group = Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                return own(each);
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                return own(each);
            }

            private FileVisitResult own(Path each) throws IOException {
                Files.setAttribute(each, "unix:uid", self, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
