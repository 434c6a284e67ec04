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
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * The repository that a mirror copies, as it is asked: one asker at a time, without a hook, a redirect, a submodule or a
 * tag beside what was asked for, each object checked, only where the policy's guard allows it, and no longer and no more
 * than the policy says.
 *
 * @param directory the mirror's
 * @param project whose credentials are shown
 * @param origin what the mirror is a copy of
 * @param url what is asked: the origin, or a fork of it
 */
record Upstream(Path directory, String project, URI origin, URI url, FetchPolicy policy, GitCredentials credentials) {
    private static final int SILENCE_SECONDS = (int) Duration.ofSeconds(30).toSeconds();
    private static final int MOST_PACKS = 50;

    /** What is done at the other end of a connection. */
    @FunctionalInterface
    interface Talk<T> {
        T hold(Connected origin) throws NotSupportedException, TransportException;
    }

    /** An origin that is asked, within the bounds of the policy. */
    record Connected(Transport transport, FetchWatch watch) {
        FetchResult fetch(List<RefSpec> specs) throws NotSupportedException, TransportException {
            return transport.fetch(watch, specs);
        }

        Collection<Ref> refs() throws NotSupportedException, TransportException {
            try (var connection = transport.openFetch()) {
                return connection.getRefs();
            }
        }
    }

    /** Another repository of the same host, which is asked as a stranger. */
    Upstream fork(URI address) {
        return new Upstream(directory, project, origin, address, policy, GitCredentials.NONE);
    }

    /**
     * Connects to it and lets somebody talk.
     *
     * @throws UserError if it does not answer, or would send too much
     * @throws InterruptedException if it was cancelled
     */
    <T> T ask(Talk<T> talk) throws InterruptedException {
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
}
