package dev.stepzero.ship.git;

import dev.stepzero.core.UserError;
import dev.stepzero.store.process.DirectoryLock;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
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
 * tag, checks every object, and ends where time or size do.
 */
public final class Mirror {
    private static final int SILENCE_SECONDS = (int) Duration.ofSeconds(30).toSeconds();
    private static final int MOST_PACKS = 50;

    private final Path directory;
    private final String project;
    private final URI url;
    private final FetchPolicy policy;
    private final GitCredentials credentials;

    Mirror(Path directory, String project, URI url, FetchPolicy policy, GitCredentials credentials) {
        this.directory = directory;
        this.project = project;
        this.url = url;
        this.policy = policy;
        this.credentials = credentials;
    }

    /**
     * Brings refs to what they are at their origin. Several threads and processes may ask at once.
     *
     * @param refs full names, such as {@code refs/heads/main}
     * @throws UserError if the origin does not answer, has no such ref, or would send too much
     * @throws InterruptedException if the fetch was cancelled
     */
    public void fetch(Collection<String> refs) throws InterruptedException {
        refs.forEach(Mirror::requireFullName);
        policy.checkHost(url);
        try {
            Files.createDirectories(directory);
            try (var _ = DirectoryLock.take(directory);
                    var repository = opened()) {
                fetch(repository, List.copyOf(refs));
                tidy(repository);
            }
        } catch (IOException e) {
            throw UserError.engine("the mirror cannot be written: " + e.getMessage())
                    .at(directory.toString())
                    .fix("see that the disk has room and the directory is ours")
                    .because(e);
        }
    }

    private void fetch(Repository repository, List<String> refs) throws IOException, InterruptedException {
        var watch = new FetchWatch(directory, policy);
        try (var transport = Transport.open(repository, new URIish(url.toString()))) {
            transport.setTimeout(SILENCE_SECONDS);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setCheckFetchedObjects(true);
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(new BoundedHttp(policy.mostBytes(), watch::isCancelled));
            }
            credentials
                    .of(project, url)
                    .ifPresent(login -> transport.setCredentialsProvider(
                            new UsernamePasswordCredentialsProvider(login.user(), login.password())));
            var specs =
                    refs.stream().map(ref -> new RefSpec("+" + ref + ":" + ref)).toList();
            transport.fetch(watch, specs);
        } catch (URISyntaxException e) {
            throw UserError.usage("the repository's address cannot be read")
                    .at(url.toString())
                    .because(e);
        } catch (org.eclipse.jgit.errors.NotSupportedException | org.eclipse.jgit.errors.TransportException e) {
            throw failed(watch, refs, e);
        }
        if (watch.isTooLarge()) {
            throw tooLarge();
        }
    }

    private UserError failed(FetchWatch watch, List<String> refs, Exception e) throws InterruptedException {
        var ended = watch.ended();
        if (ended.isEmpty()) {
            return UserError.engine("%s cannot be fetched: %s"
                            .formatted(String.join(" and ", refs), Plain.text(String.valueOf(e.getMessage()))))
                    .at(url.toString())
                    .fix("see that the repository answers, has the ref and lets us in")
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
        var packs = directory.resolve("objects/pack");
        try (var files = Files.list(packs)) {
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
        config.setString("remote", Constants.DEFAULT_REMOTE_NAME, "url", url.toString());
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

    /** The commit that a ref had when it was last fetched. */
    public Optional<String> tip(String ref) {
        try (var repository = existing()) {
            var found = repository.exactRef(ref);
            return Optional.ofNullable(found).map(each -> String.valueOf(ObjectId.toString(each.getObjectId())));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Whether a commit is what a ref has, or in its history, as far as was fetched. */
    public boolean contains(String ref, String commit) {
        try (var repository = existing();
                var walk = new RevWalk(repository)) {
            var found = repository.exactRef(ref);
            if (found == null || !ObjectId.isId(commit)) {
                return false;
            }
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(commit)), walk.parseCommit(found.getObjectId()));
        } catch (MissingObjectException | org.eclipse.jgit.errors.IncorrectObjectTypeException e) {
            return false;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

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

    private static void requireFullName(String ref) {
        if (!ref.startsWith("refs/") || ref.contains("*") || !Repository.isValidRefName(ref)) {
            throw UserError.unreadable("there can be no ref '%.100s'".formatted(Plain.text(ref)))
                    .fix("write its full name, such as refs/heads/main");
        }
    }
}
