package dev.stepzero.scan.tree;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Finds Git repositories around a place. */
public final class Repositories {
    private static final String GIT = ".git";
    private static final String LINK = "gitdir:";
    private static final String SHARED = "commondir";
    private static final int LONGEST_LINK = 8 << 10;

    private Repositories() {}

    /** The root of the repository that a directory lies in. */
    public static Optional<Path> root(Path directory) {
        for (var each = directory.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            if (isRoot(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Whether a repository begins in a directory. */
    static boolean isRoot(Path directory) {
        return Files.exists(directory.resolve(GIT));
    }

    /** Where the repository keeps its own files; of a linked worktree, those of the worktree. */
    static Path gitDirectory(Path root) {
        var git = root.resolve(GIT);
        return link(git)
                .filter(text -> text.startsWith(LINK))
                .map(text -> resolved(root, text.substring(LINK.length()).strip()))
                .orElse(git);
    }

    /** Where the repository keeps what all its worktrees share. */
    static Path sharedDirectory(Path root) {
        var git = gitDirectory(root);
        return link(git.resolve(SHARED)).map(text -> resolved(git, text)).orElse(git);
    }

    /** The text of a small file that names a place; what cannot be read is no link. */
    private static Optional<String> link(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) < LONGEST_LINK
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path resolved(Path from, String path) {
        try {
            return from.resolve(path).normalize();
        } catch (InvalidPathException e) {
            return from;
        }
    }

    /**
     * Opens the repository around a directory.
     *
     * @throws UserError if there is none, it has no files of its own, or it cannot be read
     */
    public static Repository open(Path directory) {
        var root = root(directory)
                .orElseThrow(() -> UserError.unreadable("there is no Git repository here")
                        .at(directory.toString())
                        .fix("name a directory of a repository"));
        return open(
                root,
                new FileRepositoryBuilder()
                        .setGitDir(gitDirectory(root).toFile())
                        .setWorkTree(root.toFile()));
    }

    /** The same, or one without files: a bare repository, such as a mirror. */
    public static Repository openAny(Path directory) {
        return isBare(directory)
                ? open(
                        directory,
                        new FileRepositoryBuilder()
                                .setGitDir(directory.toFile())
                                .setBare())
                : open(directory);
    }

    private static boolean isBare(Path directory) {
        return Files.isRegularFile(directory.resolve(Constants.HEAD))
                && Files.isDirectory(directory.resolve("objects"))
                && Files.isDirectory(directory.resolve("refs"));
    }

    private static Repository open(Path place, FileRepositoryBuilder builder) {
        try {
            var repository = builder.setMustExist(true).build();
            var names = repository.getConfig().getString("extensions", null, "objectFormat");
            if (names != null && !names.equalsIgnoreCase("sha1")) {
                repository.close();
                throw UserError.unreadable(
                                "the repository names its objects by %s, which cannot be read yet".formatted(names))
                        .at(place.toString())
                        .fix("scan its files instead, without --history and --staged");
            }
            return repository;
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    public static UserError unreadable(Path root, Exception cause) {
        return UserError.unreadable("the repository cannot be read: " + cause.getMessage())
                .at(root.toString())
                .fix("check it with: git fsck")
                .because(cause);
    }
}
