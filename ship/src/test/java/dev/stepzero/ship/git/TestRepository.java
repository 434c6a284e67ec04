package dev.stepzero.ship.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;

/** A repository in a directory, with commits made by JGit or entry by entry. */
public final class TestRepository implements AutoCloseable {
    static final PersonIdent ANN =
            new PersonIdent("Ann", "ann@example.org", Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC);

    private final Git git;
    private final Path root;

    private TestRepository(Git git, Path root) {
        this.git = git;
        this.root = root;
    }

    public static TestRepository in(Path root) throws GitAPIException {
        return new TestRepository(
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call(), root);
    }

    /** An entry of a tree as it is stored, whether git would make it or not. */
    record Entry(String name, FileMode mode, ObjectId id) {}

    public Git git() {
        return git;
    }

    public TestRepository write(String path, String content) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
        return this;
    }

    public String commit(String message) throws GitAPIException {
        git.add().addFilepattern(".").call();
        git.add().addFilepattern(".").setUpdate(true).call();
        return git.commit()
                .setMessage(message)
                .setAuthor(ANN)
                .setCommitter(ANN)
                .setSign(false)
                .call()
                .name();
    }

    Entry file(String name, String content) throws IOException {
        return new Entry(name, FileMode.REGULAR_FILE, blob(content));
    }

    Entry link(String name, String leadsTo) throws IOException {
        return new Entry(name, FileMode.SYMLINK, blob(leadsTo));
    }

    Entry directory(String name, Entry... entries) throws IOException {
        return new Entry(name, FileMode.TREE, tree(entries));
    }

    /** Commits a tree of the given entries in the given order, without asking whether that is allowed. */
    String commitTree(Entry... entries) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree(entries));
        commit.setAuthor(ANN);
        commit.setCommitter(ANN);
        commit.setMessage("as it is");
        try (var inserter = git.getRepository().newObjectInserter()) {
            return inserted(inserter, inserter.insert(commit)).name();
        }
    }

    /** Commits bytes that are no proper commit. */
    String commitRaw(String head) throws IOException {
        try (var inserter = git.getRepository().newObjectInserter()) {
            var text = "tree " + tree(file("a", "a")).name() + "\n" + head;
            return inserted(inserter, inserter.insert(Constants.OBJ_COMMIT, text.getBytes(StandardCharsets.UTF_8)))
                    .name();
        }
    }

    private ObjectId blob(String content) throws IOException {
        try (var inserter = git.getRepository().newObjectInserter()) {
            return inserted(inserter, inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private ObjectId tree(Entry... entries) throws IOException {
        var tree = new TreeFormatter();
        for (var entry : List.of(entries)) {
            var name = entry.name().getBytes(StandardCharsets.UTF_8);
            tree.append(name, 0, name.length, entry.mode(), entry.id(), true);
        }
        try (var inserter = git.getRepository().newObjectInserter()) {
            return inserted(inserter, inserter.insert(tree));
        }
    }

    private static ObjectId inserted(ObjectInserter inserter, ObjectId id) throws IOException {
        inserter.flush();
        return id;
    }

    @Override
    public void close() {
        git.close();
    }
}
