package dev.stepzero.ship.forge.own;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.ForgeProject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/** The bare repositories under the server's home. No hook of theirs runs, and each object that comes in is checked. */
public final class OwnRepositories {
    private static final int SILENCE_SECONDS = 60;

    private final Path root;
    private final PushPolicy policy;
    private final PushLimits limits;

    /** Repositories in a directory; those who may write to it may write to all of them. */
    public OwnRepositories(Path root, PushLedger ledger, ReviewRequests reviews, PushLimits limits, Clock clock) {
        this.root = root;
        this.limits = limits;
        this.policy = new PushPolicy(ledger, reviews, limits, clock);
    }

    private Path directory(String name) {
        return root.resolve(name + ".git");
    }

    /** Makes the empty repository of a project, where there is none. */
    public void create(ForgeProject project) {
        try (var git = Git.init()
                .setBare(true)
                .setGitDir(directory(project.name()).toFile())
                .setInitialBranch(project.mainBranch())
                .call()) {
            var config = git.getRepository().getConfig();
            config.setBoolean("transfer", null, "fsckObjects", true);
            config.setBoolean("core", null, "logAllRefUpdates", true);
            config.save();
        } catch (GitAPIException | IOException e) {
            throw UserError.engine("the repository of %s cannot be made: %s".formatted(project.name(), e.getMessage()))
                    .at(directory(project.name()).toString())
                    .fix("see that the disk has room and the directory is writable")
                    .because(e);
        }
    }

    private Repository open(ForgeProject project) throws IOException {
        return new FileRepositoryBuilder()
                .setBare()
                .setGitDir(directory(project.name()).toFile())
                .setMustExist(true)
                .build();
    }

    /** What is to be done with an opened repository. */
    public interface Use<T> {
        void with(T git) throws IOException;
    }

    /** Lets a client fetch. */
    public void fetch(ForgeProject project, Use<UploadPack> use) throws IOException {
        try (var repository = open(project)) {
            var upload = new UploadPack(repository);
            upload.setBiDirectionalPipe(false);
            upload.setTimeout(SILENCE_SECONDS);
            use.with(upload);
        }
    }

    /** Tells a client what there is, before it pushes. */
    public void advertise(ForgeProject project, Use<ReceivePack> use) throws IOException {
        try (var repository = open(project)) {
            use.with(receiving(repository));
        }
    }

    /** Takes a push. */
    public void receive(ForgeProject project, Pusher pusher, InputStream in, OutputStream out) throws IOException {
        try (var repository = open(project)) {
            var receive = receiving(repository);
            var push = policy.of(project, pusher);
            receive.setPreReceiveHook(push);
            receive.setPostReceiveHook(push);
            receive.receive(new PushStream(in, limits), out, null);
        }
    }

    /** The commit that a ref has now; empty if there is no such ref. */
    Optional<String> tip(ForgeProject project, String ref) {
        return with(project, repository -> {
            var found = repository.exactRef(ref);
            return found == null
                    ? Optional.empty()
                    : Optional.of(found.getObjectId().name());
        });
    }

    /**
     * Makes what brings a head into the protected branch: the head itself where that is built on the branch's tip, and
     * else a merge commit. No ref moves.
     *
     * @return empty if the two contradict each other
     */
    Optional<String> merge(ForgeProject project, String tip, String head, PersonIdent who, String message) {
        return with(project, repository -> {
            try (var walk = new RevWalk(repository);
                    var inserter = repository.newObjectInserter()) {
                var into = walk.parseCommit(ObjectId.fromString(tip));
                var from = walk.parseCommit(ObjectId.fromString(head));
                if (walk.isMergedInto(into, from)) {
                    return Optional.of(head);
                }
                var merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
                if (!merger.merge(into, from)) {
                    return Optional.empty();
                }
                var commit = new CommitBuilder();
                commit.setTreeId(merger.getResultTreeId());
                commit.setParentIds(into, from);
                commit.setAuthor(who);
                commit.setCommitter(who);
                commit.setMessage(message);
                // What an in-core merger made of trees and files lies in its own inserter.
                merger.getObjectInserter().flush();
                var made = inserter.insert(commit);
                inserter.flush();
                return Optional.of(made.name());
            }
        });
    }

    /** Moves the protected branch from one commit to another; false if it was moved meanwhile. */
    boolean advance(ForgeProject project, String from, String to, PersonIdent who) {
        return with(project, repository -> {
            var update = repository.updateRef(project.mainRef());
            update.setExpectedOldObjectId(ObjectId.fromString(from));
            update.setNewObjectId(ObjectId.fromString(to));
            update.setRefLogIdent(who);
            update.setRefLogMessage("merged by review", false);
            return update.update() == RefUpdate.Result.FAST_FORWARD;
        });
    }

    private interface Reading<T> {
        T of(Repository repository) throws IOException;
    }

    private <T> T with(ForgeProject project, Reading<T> reading) {
        try (var repository = open(project)) {
            return reading.of(repository);
        } catch (IOException e) {
            throw UserError.engine("the repository of %s cannot be read or written: %s"
                            .formatted(project.name(), e.getMessage()))
                    .at(directory(project.name()).toString())
                    .fix("see that it is there, whole and writable; a backup has it otherwise")
                    .because(e);
        }
    }

    private ReceivePack receiving(Repository repository) {
        var receive = new ReceivePack(repository);
        receive.setBiDirectionalPipe(false);
        receive.setTimeout(SILENCE_SECONDS);
        receive.setCheckReceivedObjects(true);
        receive.setObjectChecker(new ObjectChecker().setSafeForMacOS(true).setSafeForWindows(true));
        receive.setMaxObjectSizeLimit(limits.object());
        receive.setMaxPackSizeLimit(limits.bytes());
        receive.setAllowPushOptions(false);
        return receive;
    }
}
