package dev.stepzero.ship.git;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.store.process.DirectoryLock;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * A bare copy of one repository. Fetching runs no hook and no program, follows no redirect, takes no submodule and no
 * tag beside what was asked for, checks every object, connects only where the policy's guard allows it, and ends where
 * time or size do.
 */
public final class Mirror {
    private static final int SILENCE_SECONDS = (int) Duration.ofSeconds(30).toSeconds();
    private static final int MOST_PACKS = 50;
    private static final int MOST_REFS = 50_000;
    private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z0-9_.~-]{1,100}(/[A-Za-z0-9_.~-]{1,100}){1,10}");

    private static final Set<RefUpdate.Result> TAKEN = EnumSet.of(
            RefUpdate.Result.NEW, RefUpdate.Result.FAST_FORWARD, RefUpdate.Result.FORCED, RefUpdate.Result.NO_CHANGE);

    private final Path directory;
    private final String project;
    private final URI origin;
    private final URI url;
    private final FetchPolicy policy;
    private final GitCredentials credentials;

    Mirror(Path directory, String project, URI url, FetchPolicy policy, GitCredentials credentials) {
        this(directory, project, url, url, policy, credentials);
    }

    private Mirror(
            Path directory, String project, URI origin, URI url, FetchPolicy policy, GitCredentials credentials) {
        this.directory = directory;
        this.project = project;
        this.origin = origin;
        this.url = url;
        this.policy = policy;
        this.credentials = credentials;
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
        var address = policy.check(origin.resolve("/" + fullName + ".git").toString());
        return new Mirror(directory, project, origin, address, policy, GitCredentials.NONE);
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
                    .at(url.toString())
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
        return at(transport -> {
            var specs = refs.stream()
                    .map(ref -> new RefSpec("+" + ref + ":" + local(ref)))
                    .toList();
            try {
                for (var update : transport.fetch(specs).getTrackingRefUpdates()) {
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
        return at(transport -> {
            var refs = new TreeMap<String, String>();
            for (var ref : transport.refs()) {
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

    /** What is done at the other end of a connection. */
    @FunctionalInterface
    private interface Talk<T> {
        T hold(Connected origin) throws NotSupportedException, TransportException;
    }

    /** An origin that is asked, within the bounds of the policy. */
    private record Connected(Transport transport, FetchWatch watch) {
        org.eclipse.jgit.transport.FetchResult fetch(List<RefSpec> specs)
                throws NotSupportedException, TransportException {
            return transport.fetch(watch, specs);
        }

        Collection<org.eclipse.jgit.lib.Ref> refs() throws NotSupportedException, TransportException {
            try (var connection = transport.openFetch()) {
                return connection.getRefs();
            }
        }
    }

    private <T> T at(Talk<T> talk) throws InterruptedException {
        policy.checkHost(url);
        try {
            Files.createDirectories(directory);
            try (var _ = DirectoryLock.take(directory);
                    var repository = opened()) {
                var answer = connected(repository, talk);
                tidy(repository);
                return answer;
            }
        } catch (IOException e) {
            throw UserError.engine("the mirror cannot be written: " + e.getMessage())
                    .at(directory.toString())
                    .fix("see that the disk has room and the directory is ours")
                    .because(e);
        }
    }

    private <T> T connected(Repository repository, Talk<T> talk) throws IOException, InterruptedException {
        var watch = new FetchWatch(directory, policy);
        T answer;
        try (var transport = Transport.open(repository, new URIish(url.toString()))) {
            transport.setTimeout(SILENCE_SECONDS);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setCheckFetchedObjects(true);
            if (transport instanceof TransportHttp http) {
                var guarded = new GuardedConnections(policy.guard());
                http.setHttpConnectionFactory(new BoundedHttp(guarded, policy.mostBytes(), watch::isCancelled));
            }
            credentials
                    .of(project, url)
                    .ifPresent(login -> transport.setCredentialsProvider(
                            new UsernamePasswordCredentialsProvider(login.user(), login.password())));
            answer = talk.hold(new Connected(transport, watch));
        } catch (URISyntaxException e) {
            throw UserError.usage("the repository's address cannot be read")
                    .at(url.toString())
                    .because(e);
        } catch (NotSupportedException | TransportException e) {
            throw failed(watch, e);
        }
        if (watch.isTooLarge()) {
            throw tooLarge();
        }
        return answer;
    }

    private UserError failed(FetchWatch watch, Exception e) throws InterruptedException {
        var ended = watch.ended();
        if (ended.isEmpty()) {
            // JGit names the address in its message, which holds no credentials here.
            return UserError.engine("the repository cannot be fetched: " + Plain.text(String.valueOf(e.getMessage())))
                    .at(url.toString())
                    .fix("check the address, the token's rights, and that the forge answers")
                    .because(e);
        }
        return switch (ended.get()) {
            case CANCELLED -> throw new InterruptedException("interrupted while fetching");
            case TOO_LARGE -> tooLarge().because(e);
            case TOO_LONG ->
                UserError.engine("fetching took longer than %d s"
                                .formatted(policy.within().toSeconds()))
                        .at(url.toString())
                        .fix("see why the repository answers so slowly")
                        .because(e);
        };
    }

    private UserError tooLarge() {
        return UserError.engine("the repository has more than %,d bytes".formatted(policy.mostBytes()))
                .at(url.toString())
                .fix("raise the limit for mirrors, or take large files out of the repository");
    }

    /** Many small fetches leave many small packs, which make every look slower. */
    private void tidy(Repository repository) throws IOException {
        try (var files = Files.list(directory.resolve("objects/pack"))) {
            if (files.filter(file -> file.toString().endsWith(".pack")).count() > MOST_PACKS) {
                Git.wrap(repository).gc().call();
            }
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
    }

    private Repository opened() throws IOException {
        var repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
        if (!Files.exists(directory.resolve("HEAD"))) {
            repository.create(true);
        }
        var config = repository.getConfig();
        config.setString("remote", Constants.DEFAULT_REMOTE_NAME, "url", origin.toString());
        // A redirect would lead our credentials, and us, to where nobody looked.
        config.setString("http", null, "followRedirects", "false");
        // By this version the refs come in an answer of their own, which has a bound of its own.
        config.setString("protocol", null, "version", "0");
        // What old programs wrote is ugly and does no harm: a tree is checked again when it is written to disk.
        config.setBoolean("fsck", null, "allowLeadingZeroFileMode", true);
        config.setBoolean("fsck", null, "allowInvalidPersonIdent", true);
        config.save();
        return repository;
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
        var name = url + " " + ref;
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
