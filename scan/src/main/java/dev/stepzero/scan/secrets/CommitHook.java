package dev.stepzero.scan.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.tree.FileFailure;
import dev.stepzero.scan.tree.Repositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Git's hook before a commit. One that was there before is kept under another name, and goes first.
 *
 * @param root of the repository
 * @param file the hook
 */
public record CommitHook(Path root, Path file) {
    private static final String MARK = "# Written by: stepzero hook install";
    private static final String KEPT = "pre-commit.before-stepzero";

    private static final Path HUSKY = Path.of(".husky", "_", "pre-commit");

    private static final String SCRIPT = """
            #!/bin/sh
            {mark}
            before=$(dirname "$0")/{kept}
            if [ -x "$before" ]; then "$before" "$@" || exit $?; fi
            stepzero={launcher}
            command -v "$stepzero" >/dev/null 2>&1 || stepzero=stepzero
            if ! command -v "$stepzero" >/dev/null 2>&1; then
              echo 'stepzero is not to be found: the commit is not searched for secrets' >&2
              exit 0
            fi
            GIT_CONFIG_NOSYSTEM=1 "$stepzero" scan --staged "$(git rev-parse --show-toplevel)" || {
              echo 'git commit --no-verify commits all the same' >&2
              exit 1
            }
            """;

    /** The hook of the repository around a directory, which need not be there. */
    public static CommitHook of(Path directory) {
        try (var repository = Repositories.open(directory)) {
            var root = repository.getWorkTree().toPath();
            var configured = repository.getConfig().getString("core", null, "hooksPath");
            var folder = configured == null
                    ? repository.getCommonDirectory().toPath().resolve("hooks")
                    : root.resolve(expanded(configured));
            return new CommitHook(root, folder.resolve("pre-commit").normalize());
        }
    }

    private static Path expanded(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }

    /**
     * Writes the hook. Husky's own files are left alone: they go by their names, and are written anew with each installation.
     *
     * @param launcher the program that it starts
     */
    public void install(String launcher) {
        if (file.endsWith(HUSKY)) {
            throw UserError.blocked("husky keeps this repository's hooks and writes them anew")
                    .at(file.toString())
                    .fix(
                            "add this line to .husky/pre-commit: stepzero scan --staged \"$(git rev-parse --show-toplevel)\"");
        }
        try {
            Files.createDirectories(file.getParent());
            var kept = file.resolveSibling(KEPT);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isOurs()) {
                Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, script(launcher));
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static String script(String launcher) {
        var quoted = "'" + launcher.replace("'", "'\\''") + "'";
        return SCRIPT.replace("{mark}", MARK).replace("{kept}", KEPT).replace("{launcher}", quoted);
    }

    /** Takes the hook away, and puts back what was there before; answers false if there is none of ours. */
    public boolean remove() {
        try {
            if (!isOurs()) {
                return false;
            }
            Files.delete(file);
            var kept = file.resolveSibling(KEPT);
            if (Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(kept, file);
            }
            return true;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private boolean isOurs() throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).contains(MARK);
    }

    private UserError unwritable(IOException cause) {
        return UserError.unreadable("the hook cannot be written: " + FileFailure.reason(cause))
                .at(file.toString())
                .because(cause);
    }
}
