package dev.stepzero.ship.git;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.EgressGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** A bare copy of a remote repository on this machine. It runs no hook and no filter, and follows no redirect. */
public final class Mirror implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int MOST_REFS = 50_000;
    private static final int MOST_COMMITS = 10_000;
    private static final int MOST_PATHS = 10_000;
    private static final int LONGEST_MESSAGE = 1 << 16;

    private static final Set<RefUpdate.Result> TAKEN = EnumSet.of(
            RefUpdate.Result.NEW, RefUpdate.Result.FAST_FORWARD, RefUpdate.Result.FORCED, RefUpdate.Result.NO_CHANGE);

    private final Git git;
    private final Optional<EgressGuard> guard;

    private Mirror(Git git, Optional<EgressGuard> guard) {
        this.git = git;
        this.guard = guard;
    }

    /**
     * Opens a mirror, or makes an empty one.
     *
     * @throws UserError if the directory cannot be written
     */
    public static Mirror in(Path directory, EgressGuard guard) {
        return open(directory, Optional.of(guard));
    }

    /** A mirror of repositories in directories of this machine, which no user may name. */
    public static Mirror ofDirectories(Path directory) {
        return open(directory, Optional.empty());
    }

    private static Mirror open(Path directory, Optional<EgressGuard> guard) {
        try {
            var git = Git.init().setBare(true).setGitDir(directory.toFile()).call();
            var config = git.getRepository().getConfig();
            config.setString("http", null, "followRedirects", "false");
            config.setBoolean("transfer", null, "fsckObjects", true);
            config.save();
            return new Mirror(git, guard);
        } catch (GitAPIException | IOException e) {
            throw UserError.engine("the copy of the repository cannot be opened: " + e.getMessage())
                    .at(directory.toString())
                    .fix("see that the disk has room and the directory is writable")
                    .because(e);
        }
    }

    /**
     * Branches and tags of the remote with what they point to; what a tag points to is its commit.
     *
     * @throws UserError if it does not answer
     */
    public Map<String, String> refs(Remote remote) {
        try {
            var refs = new TreeMap<String, String>();
            for (var ref : with(
                            remote,
                            git.lsRemote()
                                    .setRemote(address(remote))
                                    .setHeads(true)
                                    .setTags(true))
                    .call()) {
                var id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
                if (id != null && refs.size() < MOST_REFS) {
                    refs.put(ref.getName(), id.name());
                }
            }
            return refs;
        } catch (GitAPIException e) {
            throw silent(remote, e);
        }
    }

    /**
     * Fetches one ref.
     *
     * @param ref its full name
     * @return the commit that it has now; empty if the remote has no such ref, or it is no commit
     * @throws UserError if the remote does not answer
     */
    public Optional<String> fetch(Remote remote, String ref) {
        try {
            var result = with(remote, git.fetch().setRemote(address(remote)))
                    .setRefSpecs(new RefSpec("+" + ref + ":" + local(remote, ref)))
                    .setTagOpt(TagOpt.NO_TAGS)
                    .call();
            for (var update : result.getTrackingRefUpdates()) {
                if (!TAKEN.contains(update.getResult())) {
                    throw UserError.engine("the copy of %s cannot be updated: %s"
                                    .formatted(Plain.text(ref), update.getResult()))
                            .at(git.getRepository().getDirectory().toString())
                            .fix("try again; if it stays so, delete the directory: it is fetched again");
                }
            }
            return tip(local(remote, ref));
        } catch (org.eclipse.jgit.api.errors.TransportException e) {
            if (String.valueOf(e.getMessage()).contains("does not have " + ref + " available")) {
                return Optional.empty();
            }
            throw silent(remote, e);
        } catch (GitAPIException | IOException e) {
            throw silent(remote, e);
        }
    }

    /**
     * A flat name, since the remote may replace a branch by a directory of branches; and one of its own for each remote,
     * so that a fork's branch is never taken for the repository's of that name.
     */
    private static String local(Remote remote, String ref) {
        var name = remote.address() + " " + ref;
        return "refs/stepzero/"
                + Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Optional<String> tip(String ref) throws IOException {
        try (var walk = new RevWalk(git.getRepository())) {
            var found = git.getRepository().exactRef(ref);
            return found == null
                    ? Optional.empty()
                    : Optional.of(walk.parseCommit(found.getObjectId()).name());
        } catch (org.eclipse.jgit.errors.IncorrectObjectTypeException noCommit) {
            return Optional.empty();
        }
    }

    private <C extends TransportCommand<C, ?>> C with(Remote remote, C command) {
        remote.token()
                .ifPresent(token -> command.setCredentialsProvider(
                        new UsernamePasswordCredentialsProvider(token.user(), token.secret())));
        command.setTimeout(TIMEOUT_SECONDS);
        command.setTransportConfigCallback(transport -> {
            if (transport instanceof TransportHttp http && guard.isPresent()) {
                http.setHttpConnectionFactory(new GuardedConnections(guard.get()));
            }
        });
        return command;
    }

    private String address(Remote remote) {
        guard.ifPresent(
                guarding -> guarding.resolve(guarding.check(remote.address()).getHost()));
        return remote.address().toString();
    }

    private static UserError silent(Remote remote, Exception e) {
        // JGit names the address in its message, which holds no credentials here.
        return UserError.engine("the repository cannot be fetched: " + Plain.text(String.valueOf(e.getMessage())))
                .at(remote.address().toString())
                .fix("check the address, the token's rights, and that the forge answers")
                .because(e);
    }

    /** Whether a commit is the other one or in its history; false for one that the mirror does not have. */
    public boolean contains(String tip, String commit) {
        try (var walk = new RevWalk(git.getRepository())) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(commit)), walk.parseCommit(ObjectId.fromString(tip)));
        } catch (MissingObjectException | org.eclipse.jgit.errors.IncorrectObjectTypeException absent) {
            return false;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /**
     * The commits that a change brings: those of its head that are not in its base's history, newest first.
     *
     * @throws UserError if one of the two is not there, or there are more than ten thousand
     */
    public List<Contribution> contributions(String base, String head) {
        try (var walk = new RevWalk(git.getRepository())) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base)));
            var contributions = new ArrayList<Contribution>();
            for (RevCommit commit : walk) {
                if (contributions.size() == MOST_COMMITS) {
                    throw UserError.unreadable("the change has more than %d commits".formatted(MOST_COMMITS))
                            .at(head)
                            .fix("split it");
                }
                contributions.add(contribution(commit));
            }
            return contributions;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Of a message that is too long to look through for co-authors, the author counts as unknown. */
    private static Contribution contribution(RevCommit commit) {
        var message = commit.getFullMessage();
        var known = message.length() <= LONGEST_MESSAGE;
        return new Contribution(
                commit.name(),
                known ? address(commit.getAuthorIdent()) : "",
                address(commit.getCommitterIdent()),
                known ? message : "");
    }

    /**
     * Whether a commit is nothing but the merge of a head into a base, however the forge made it: by a merge commit, by
     * squashing or by rebasing. What was approved is then what came in, and nothing came with it.
     *
     * @return false if one of them is not there, or the merge has a conflict that somebody resolved
     */
    public boolean isMergeOf(String merged, String base, String head) {
        try (var walk = new RevWalk(git.getRepository())) {
            var result = walk.parseCommit(ObjectId.fromString(merged));
            var merger = MergeStrategy.RECURSIVE.newMerger(git.getRepository(), true);
            return merger.merge(
                            walk.parseCommit(ObjectId.fromString(base)), walk.parseCommit(ObjectId.fromString(head)))
                    && merger.getResultTreeId().equals(result.getTree().getId());
        } catch (MissingObjectException | org.eclipse.jgit.errors.IncorrectObjectTypeException absent) {
            return false;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /**
     * The files that a change touches since it left its base, by their old names and their new ones.
     *
     * @throws UserError if one of the two is not there, or there are more than ten thousand
     */
    public Set<String> changedPaths(String base, String head) {
        try (var walk = new RevWalk(git.getRepository());
                var tree = new TreeWalk(git.getRepository())) {
            var from = walk.parseCommit(ObjectId.fromString(base));
            var to = walk.parseCommit(ObjectId.fromString(head));
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(List.of(from, to));
            var fork = walk.next();
            tree.addTree(fork == null ? new EmptyTreeIterator() : iterator(walk.parseCommit(fork)));
            tree.addTree(iterator(to));
            tree.setFilter(TreeFilter.ANY_DIFF);
            tree.setRecursive(true);
            var paths = new TreeSet<String>();
            while (tree.next()) {
                if (paths.size() == MOST_PATHS) {
                    throw UserError.unreadable("the change touches more than %d files".formatted(MOST_PATHS))
                            .at(head)
                            .fix("split it");
                }
                paths.add(tree.getPathString());
            }
            return paths;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private CanonicalTreeParser iterator(RevCommit commit) throws IOException {
        try (var reader = git.getRepository().newObjectReader()) {
            return new CanonicalTreeParser(null, reader, commit.getTree());
        }
    }

    private static String address(PersonIdent person) {
        return person == null ? "" : Plain.text(person.getEmailAddress());
    }

    private UserError damaged(IOException e) {
        return UserError.engine("the copy of the repository cannot be read: " + e.getMessage())
                .at(git.getRepository().getDirectory().toString())
                .fix("delete the directory: it is fetched again")
                .because(e);
    }

    Repository repository() {
        return git.getRepository();
    }

    /** A commit as far as it tells who made it; addresses are empty where they are not known. */
    public record Contribution(String commit, String author, String committer, String message) {}

    @Override
    public void close() {
        git.close();
    }
}
