package dev.stepzero.scan.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A Git repository made for a test. */
record Repository(Path root) {

    static Repository in(Path root) throws GitAPIException {
        Git.init().setDirectory(root.toFile()).call().close();
        return new Repository(root);
    }

    Repository with(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return this;
    }

    /** With files that hold nothing worth reading. */
    Repository withFiles(String... paths) throws IOException {
        for (var path : paths) {
            with(path, "x");
        }
        return this;
    }

    /** Adds a file as {@code git add --force} does. */
    Repository tracking(String path) throws IOException {
        try (var git = Git.open(root.toFile())) {
            var index = git.getRepository().lockDirCache();
            var builder = index.builder();
            for (int i = 0; i < index.getEntryCount(); i++) {
                builder.add(index.getEntry(i));
            }
            var entry = new org.eclipse.jgit.dircache.DirCacheEntry(path);
            entry.setFileMode(org.eclipse.jgit.lib.FileMode.REGULAR_FILE);
            entry.setObjectId(org.eclipse.jgit.lib.ObjectId.zeroId());
            builder.add(entry);
            builder.commit();
        }
        return this;
    }

    Listing listing() {
        return Listing.of(root, false);
    }

    List<String> sources() {
        return paths(listing().sources().all());
    }

    List<String> unignored() {
        return paths(listing().unignored().all());
    }

    static List<String> paths(List<TreeFile> files) {
        return files.stream().map(TreeFile::path).toList();
    }
}
