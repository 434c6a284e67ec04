package dev.stepzero.ship.git;

import dev.stepzero.core.egress.EgressGuard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;

/** A repository that stands for the one at a forge, and mirrors of it. */
public final class TestForge implements AutoCloseable {
    private final Path root;
    private final TestRepository repository;

    private TestForge(Path root, TestRepository repository) {
        this.root = root;
        this.repository = repository;
    }

    public static TestForge in(Path root) throws Exception {
        Files.createDirectories(root);
        return new TestForge(root.toRealPath(), TestRepository.in(root.resolve("upstream")));
    }

    public String address() {
        return root.resolve("upstream/.git").toUri().toString();
    }

    /** Mirrors below a directory, which may fetch this repository and no other. */
    public Mirrors mirrors(Path below) {
        var policy =
                new FetchPolicy(Optional.of(root), EgressGuard.allowing(Set.of()), 1 << 24, Duration.ofSeconds(20));
        return new Mirrors(below, policy, GitCredentials.NONE);
    }

    public Mirror mirror() {
        return mirrors(root.resolve("mirrors")).of("shop", address());
    }

    /** Commits on what is checked out. */
    public String commit(String message) throws Exception {
        return repository.write(message + ".txt", message).commit(message);
    }

    /** Starts a branch at a commit, or goes to it, and checks it out. */
    public void onBranch(String name, String commit) throws Exception {
        point("refs/heads/" + name, commit);
        repository
                .git()
                .reset()
                .setMode(org.eclipse.jgit.api.ResetCommand.ResetType.HARD)
                .call();
        repository.git().checkout().setName(name).setForced(true).call();
    }

    public void point(String ref, String commit) throws Exception {
        var update = repository.git().getRepository().updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(commit));
        update.setForceUpdate(true);
        if (update.forceUpdate() == RefUpdate.Result.LOCK_FAILURE) {
            throw new IllegalStateException(ref);
        }
    }

    public void delete(String ref) throws Exception {
        var update = repository.git().getRepository().updateRef(ref);
        update.setForceUpdate(true);
        update.delete();
    }

    public String head() throws Exception {
        return repository.git().getRepository().resolve(Constants.HEAD).name();
    }

    @Override
    public void close() {
        repository.close();
    }
}
