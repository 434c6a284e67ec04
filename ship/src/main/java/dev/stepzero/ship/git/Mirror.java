package dev.stepzero.ship.git;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;

/** A bare copy of one repository: what is fetched from its {@link Upstream}, and what is read of it then. */
public final class Mirror {
    private static final int MOST_REFS = 50_000;
    private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z0-9_.~-]{1,100}(/[A-Za-z0-9_.~-]{1,100}){1,10}");

    private static final Set<RefUpdate.Result> TAKEN = EnumSet.of(
            RefUpdate.Result.NEW, RefUpdate.Result.FAST_FORWARD, RefUpdate.Result.FORCED, RefUpdate.Result.NO_CHANGE);

    private final Upstream upstream;
    private final Path directory;

    Mirror(Path directory, String project, URI url, FetchPolicy policy, GitCredentials credentials) {
        this(new Upstream(directory, project, url, url, policy, credentials));
    }

    private Mirror(Upstream upstream) {
        this.upstream = upstream;
        this.directory = upstream.directory();
    }

    /**
     * The same copy with the refs of another repository of the same host, which is asked as a stranger. Its branches are
     * never taken for the repository's own of that name.
     *
     * @param fullName its full name there, such as {@code owner/name}
     * @throws UserError if nothing is called so
     */
    public Mirror fork(String fullName) {
        if (!FULL_NAME.matcher(fullName).matches() || fullName.contains("..")) {
            throw UserError.unreadable("there can be no repository '%.100s'".formatted(Plain.text(fullName)))
                    .fix("write its full name, such as owner/name");
        }
        var address = upstream.origin().resolve("/" + fullName + ".git").toString();
        return new Mirror(upstream.fork(upstream.policy().check(address)));
    }

    /**
     * Brings refs to what they are at their origin. Several threads and processes may ask at once.
     *
     * @param refs full names, such as {@code refs/heads/main}
     * @throws UserError if the origin does not answer, has no such ref, or would send too much
     * @throws InterruptedException if the fetch was cancelled
     */
    public void fetch(Collection<String> refs) throws InterruptedException {
        if (!take(List.copyOf(refs))) {
            throw UserError.engine("the repository does not have %s any more".formatted(String.join(" and ", refs)))
                    .at(upstream.url().toString())
                    .fix("see that it was pushed, and lets us in");
        }
    }

    /**
     * Brings one ref to what it is at its origin.
     *
     * @param ref its full name
     * @return the commit that it has now; empty if the origin has no such ref, or it is no commit
     * @throws UserError if the origin does not answer, or would send too much
     * @throws InterruptedException if the fetch was cancelled
     */
    public Optional<String> fetch(String ref) throws InterruptedException {
        return take(List.of(ref)) ? tip(ref) : Optional.empty();
    }

    private boolean take(List<String> refs) throws InterruptedException {
        refs.forEach(Mirror::requireFullName);
        return upstream.ask(connected -> {
            var specs = refs.stream()
                    .map(ref -> new RefSpec("+" + ref + ":" + local(ref)))
                    .toList();
            try {
                for (var update : connected.fetch(specs).getTrackingRefUpdates()) {
                    requireTaken(update.getRemoteName(), update.getResult());
                }
                return true;
            } catch (TransportException e) {
                var said = String.valueOf(e.getMessage());
                if (refs.stream().anyMatch(ref -> said.contains("does not have " + ref + " available"))) {
                    return false;
                }
                throw e;
            }
        });
    }

    private void requireTaken(String ref, RefUpdate.Result result) {
        if (!TAKEN.contains(result)) {
            throw UserError.engine("the copy of %s cannot be updated: %s".formatted(Plain.text(ref), result))
                    .at(directory.toString())
                    .fix("try again; if it stays so, delete the directory: it is fetched again");
        }
    }

    /**
     * Branches and tags of the origin with what they point to; what a tag points to is its commit.
     *
     * @throws UserError if it does not answer
     * @throws InterruptedException if it was cancelled
     */
    public Map<String, String> refs() throws InterruptedException {
        return upstream.ask(connected -> {
            var refs = new TreeMap<String, String>();
            for (var ref : connected.refs()) {
                var id = ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
                var isOurs = ref.getName().startsWith(Constants.R_HEADS)
                        || ref.getName().startsWith(Constants.R_TAGS);
                if (id != null && isOurs && !ref.getName().endsWith("^{}") && refs.size() < MOST_REFS) {
                    refs.put(ref.getName(), id.name());
                }
            }
            return refs;
        });
    }

    /** The commit that a ref had when it was last fetched; empty if it had none. */
    public Optional<String> tip(String ref) {
        return read(repository -> {
            var found = repository.exactRef(local(ref));
            try (var walk = new RevWalk(repository)) {
                return found == null
                        ? Optional.empty()
                        : Optional.of(walk.parseCommit(found.getObjectId()).name());
            } catch (IncorrectObjectTypeException noCommit) {
                return Optional.empty();
            }
        });
    }

    /** Whether a commit is what a ref had when it was last fetched, or in its history. */
    public boolean contains(String ref, String commit) {
        return tip(ref).filter(tip -> isMergedInto(commit, tip)).isPresent();
    }

    /** Whether a commit is the other one or in its history; false for one that the mirror does not have. */
    public boolean isMergedInto(String commit, String tip) {
        return read(repository -> {
            try (var walk = new RevWalk(repository)) {
                return ObjectId.isId(commit)
                        && walk.isMergedInto(
                                walk.parseCommit(ObjectId.fromString(commit)),
                                walk.parseCommit(ObjectId.fromString(tip)));
            } catch (MissingObjectException | IncorrectObjectTypeException absent) {
                return false;
            }
        });
    }

    /**
     * The commits that a change brings: those of its head that are not in its base's history, newest first.
     *
     * @throws UserError if one of the two is not there, or there are more than ten thousand
     */
    public List<Contribution> contributions(String base, String head) {
        return read(repository -> new Changes(repository).contributions(base, head));
    }

    /**
     * The files that a change touches since it left its base, by their old names and their new ones.
     *
     * @throws UserError if one of the two is not there, or there are more than ten thousand
     */
    public Set<String> changedPaths(String base, String head) {
        return read(repository -> new Changes(repository).changedPaths(base, head));
    }

    /**
     * Whether a commit is nothing but the merge of a head into a base, however the forge made it: by a merge commit, by
     * squashing or by rebasing. What was approved is then what came in, and nothing came with it.
     *
     * @return false if one of them is not there, or the merge has a conflict that somebody resolved
     */
    public boolean isMergeOf(String merged, String base, String head) {
        return read(repository -> new Changes(repository).isMergeOf(merged, base, head));
    }

    /** The commit that another one was made on; empty if it is the first, or is not there. */
    public Optional<String> firstParent(String commit) {
        return read(repository -> new Changes(repository).firstParent(commit));
    }

    /**
     * What a change does to files since it left its base, as git writes it.
     *
     * @param most how many lines; those after are left out, and of binary files all are
     */
    public List<String> diff(String base, String head, int most) {
        return read(repository -> new Changes(repository).diff(base, head, most));
    }

    /** A commit as far as it tells who made it; addresses are empty where they are not known. */
    public record Contribution(String commit, String author, String committer, String message) {}

    /**
     * Opens the mirror to read commits.
     *
     * @param below the project's directory below the repository's root; empty for the root itself
     */
    public SourceRepository open(String below) {
        try {
            return SourceRepository.bare(existing(), directory, below);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** What is read from the copy. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Repository repository) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        try (var repository = existing()) {
            return reading.of(repository);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private Repository existing() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    private UserError damaged(IOException e) {
        return UserError.engine("the mirror cannot be read: " + e.getMessage())
                .at(directory.toString())
                .fix("delete the directory: it is fetched again")
                .because(e);
    }

    /** A flat name, for the origin may replace a branch by a directory of branches; and one of its own for each origin. */
    private String local(String ref) {
        var name = upstream.url() + " " + ref;
        return "refs/stepzero/"
                + Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static void requireFullName(String ref) {
        if (!ref.startsWith("refs/") || ref.contains("*") || !Repository.isValidRefName(ref)) {
            throw UserError.unreadable("there can be no ref '%.100s'".formatted(Plain.text(ref)))
                    .fix("write its full name, such as refs/heads/main");
        }
    }
}
