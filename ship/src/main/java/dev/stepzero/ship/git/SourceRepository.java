package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The git repository that a project's directory belongs to; the project may be a part of it. */
public final class SourceRepository implements AutoCloseable {
    private static final int MOST_BYTES_OF_A_FILE = 16 << 20;

    private final Repository repository;
    private final Path directory;
    private final String prefix;

    private SourceRepository(Repository repository, Path directory, String prefix) {
        this.repository = repository;
        this.directory = directory;
        this.prefix = prefix;
    }

    /**
     * Opens the repository around a directory.
     *
     * @throws UserError if there is no such directory, or no repository with a work tree around it
     */
    public static SourceRepository around(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw UserError.unreadable("there is no such directory")
                    .at(directory.toString())
                    .fix("name the directory that holds the project");
        }
        try {
            var real = directory.toRealPath();
            var builder = new FileRepositoryBuilder().findGitDir(real.toFile());
            if (builder.getGitDir() == null) {
                throw notARepository(directory);
            }
            var repository = builder.setMustExist(true).build();
            if (repository.isBare()) {
                repository.close();
                throw notARepository(directory);
            }
            var root = repository.getWorkTree().toPath().toRealPath();
            if (!real.startsWith(root)
                    || real.startsWith(repository.getDirectory().toPath().toRealPath())) {
                repository.close();
                throw notARepository(directory);
            }
            forgetFilters(repository);
            return new SourceRepository(repository, real, slashes(root.relativize(real)));
        } catch (RepositoryNotFoundException | IllegalArgumentException e) {
            throw notARepository(directory).because(e);
        } catch (IOException e) {
            throw UserError.unreadable("the git repository cannot be read: " + e.getMessage())
                    .at(directory.toString())
                    .fix("see what 'git fsck' says")
                    .because(e);
        }
    }

    /** A repository without a work tree, which is closed with what is answered. */
    static SourceRepository bare(Repository repository, Path directory, String prefix) {
        return new SourceRepository(repository, directory, prefix);
    }

    private static UserError notARepository(Path directory) {
        return UserError.unreadable("this is not a git repository, and only what is committed can be shipped")
                .at(directory.toString())
                .fix("run: git init && git add . && git commit -m 'First commit'");
    }

    /** Whether somebody works here, as opposed to a mirror. */
    public boolean hasWorkTree() {
        return !repository.isBare();
    }

    /** The project's directory below the repository's root, with slashes; empty when it is the root itself. */
    public String prefix() {
        return prefix;
    }

    /** The directory of the project in the work tree, or of the repository where it has none. */
    public Path directory() {
        return directory;
    }

    /**
     * Finds a commit.
     *
     * @param revision anything that {@code git rev-parse} takes for a commit, such as {@code HEAD} or an id
     * @throws UserError if there is none
     */
    public Commit commit(String revision) {
        try (var walk = new RevWalk(repository)) {
            var commit = walk.parseCommit(resolve(revision));
            return new Commit(
                    commit.name(),
                    Plain.text(author(commit)),
                    Plain.text(commit.getShortMessage()),
                    Instant.ofEpochSecond(commit.getCommitTime()),
                    source());
        } catch (IOException e) {
            throw damaged(revision, e);
        }
    }

    /** Who works here, as git's configuration has it: {@code Name <address>}; empty without an address. */
    public Optional<String> user() {
        var config = repository.getConfig();
        var address = config.getString("user", null, "email");
        var name = config.getString("user", null, "name");
        return address == null || address.isBlank()
                ? Optional.empty()
                : Optional.of(Plain.text((name == null ? "" : name) + " <" + address + ">"));
    }

    private static String author(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return author == null ? "unknown" : author.getName() + " <" + author.getEmailAddress() + ">";
    }

    /**
     * What differs between the work tree and {@code HEAD} within the project: changed, deleted and new files, sorted.
     *
     * @throws UserError if the repository is damaged
     */
    public List<String> uncommitted() {
        try (var git = new Git(repository)) {
            var command = git.status();
            if (!prefix.isEmpty()) {
                command.addPath(prefix);
            }
            var status = command.call();
            var paths = new ArrayList<String>();
            paths.addAll(status.getUncommittedChanges());
            paths.addAll(status.getUntracked());
            return paths.stream().distinct().sorted().toList();
        } catch (GitAPIException | org.eclipse.jgit.errors.NoWorkTreeException e) {
            throw damaged("HEAD", e);
        }
    }

    /** The content of a file at a commit, by its path below the project's directory; empty if there is none. */
    public Optional<byte[]> file(Commit commit, String path) {
        return fileOfRoot(commit, prefix.isEmpty() ? path : prefix + "/" + path);
    }

    /** The same by its path below the repository's root. */
    public Optional<byte[]> fileOfRoot(Commit commit, String path) {
        try (var walk = new RevWalk(repository);
                var found = TreeWalk.forPath(
                        repository,
                        path,
                        walk.parseCommit(ObjectId.fromString(commit.id())).getTree())) {
            if (found == null || found.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
                return Optional.empty();
            }
            if (found.getFileMode(0).equals(FileMode.SYMLINK)) {
                throw UserError.unreadable("the file is a symbolic link, and its content may lie anywhere")
                        .at(path)
                        .fix("commit the file itself");
            }
            var loader = repository.open(found.getObjectId(0));
            if (loader.getSize() > MOST_BYTES_OF_A_FILE) {
                throw UserError.unreadable("the file is larger than %d bytes".formatted(MOST_BYTES_OF_A_FILE))
                        .at(path)
                        .fix("make it smaller");
            }
            return Optional.of(loader.getCachedBytes(MOST_BYTES_OF_A_FILE));
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    /**
     * Writes the project's files at a commit into an empty directory.
     *
     * @throws UserError if the commit has no such directory, or an entry that must not be written
     */
    public void export(Commit commit, Path target) throws InterruptedException {
        try (var walk = new RevWalk(repository)) {
            RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit.id()));
            new TreeExport(repository, target).write(parsed.getTree(), prefix);
        } catch (IOException e) {
            // JGit hides what closed its files behind exceptions of its own.
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            throw switch (e) {
                case MissingObjectException missing -> incomplete(commit, missing);
                default -> unwritable(commit, target, e);
            };
        }
    }

    private UserError incomplete(Commit commit, MissingObjectException e) {
        return UserError.unreadable(
                        "commit %s is not complete in this clone: %s".formatted(commit.shortId(), e.getMessage()))
                .at(directory.toString())
                .fix("run: git fetch --unshallow")
                .because(e);
    }

    private static UserError unwritable(Commit commit, Path target, IOException e) {
        return UserError.engine("the files of commit %s cannot be written to %s: %s"
                        .formatted(commit.shortId(), target, e.getMessage()))
                .fix("see that the disk has room and the directory is writable")
                .because(e);
    }

    private ObjectId resolve(String revision) throws IOException {
        try {
            var id = repository.resolve(revision + "^{commit}");
            if (id != null) {
                return id;
            }
        } catch (RevisionSyntaxException | IncorrectObjectTypeException | MissingObjectException e) {
            throw noSuchCommit(revision).because(e);
        }
        throw revision.equals(Constants.HEAD)
                ? UserError.unreadable("the repository has no commit yet")
                        .at(directory.toString())
                        .fix("run: git add . && git commit -m 'First commit'")
                : noSuchCommit(revision);
    }

    private UserError noSuchCommit(String revision) {
        return UserError.unreadable("there is no commit '" + revision + "'")
                .at(directory.toString())
                .fix("name a commit of this repository, such as HEAD, a branch or an id");
    }

    private UserError damaged(String what, Exception e) {
        return UserError.unreadable("the git repository cannot be read at %s: %s".formatted(what, e.getMessage()))
                .at(directory.toString())
                .fix("see what 'git fsck' says")
                .because(e);
    }

    private String source() {
        return Optional.ofNullable(repository.getConfig().getString("remote", Constants.DEFAULT_REMOTE_NAME, "url"))
                .flatMap(Origin::withoutSecrets)
                .orElseGet(() -> directory.toUri().toString());
    }

    /**
     * The repository's own configuration may name programs to pass changed files through. Taken out of our copy of it,
     * they are never started; those of the user's own configuration, such as Git LFS, stay.
     */
    private static void forgetFilters(Repository repository) {
        var config = repository.getConfig();
        config.getSubsections("filter").forEach(name -> config.unsetSection("filter", name));
    }

    private static String slashes(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    @Override
    public void close() {
        repository.close();
    }
}
