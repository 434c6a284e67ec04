package dev.stepzero.scan.secrets;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Finds Git repositories around a place. */
final class Repositories {
    private static final String GIT = ".git";
    private static final String LINK = "gitdir:";
    private static final int LONGEST_LINK = 8 << 10;

    private Repositories() {}

    /** The root of the repository that a directory lies in. */
    static Optional<Path> root(Path directory) {
        for (var each = directory.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(GIT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Where the repository keeps its own files; of a linked worktree, those of the worktree. */
    static Path gitDirectory(Path root) {
        var git = root.resolve(GIT);
        try {
            if (Files.isRegularFile(git) && Files.size(git) < LONGEST_LINK) {
                var text = Files.readString(git).strip();
                if (text.startsWith(LINK)) {
                    return root.resolve(text.substring(LINK.length()).strip()).normalize();
                }
            }
        } catch (IOException e) {
            // What cannot be read is no link.
        }
        return git;
    }

    /** Opens the repository around a directory. @throws UserError if there is none, or it cannot be read */
    static Repository open(Path directory) {
        var root = root(directory)
                .orElseThrow(() -> UserError.unreadable("there is no Git repository here")
                        .at(directory.toString())
                        .fix("name a directory of a repository"));
        try {
            var git = gitDirectory(root);
            var builder = new FileRepositoryBuilder().setGitDir(git.toFile()).setWorkTree(root.toFile());
            return builder.setMustExist(true).build();
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    static UserError unreadable(Path root, Exception cause) {
        return UserError.unreadable("the repository cannot be read: " + cause.getMessage())
                .at(root.toString())
                .fix("check it with: git fsck")
                .because(cause);
    }
}
