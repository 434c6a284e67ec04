package dev.stepzero.ship.git;

import java.nio.file.Path;

/** Bare copies of the projects' repositories, which runs are made from without any work tree. */
public final class Mirrors {
    private final Path root;
    private final FetchPolicy policy;
    private final GitCredentials credentials;

    /**
     * The mirrors below a directory.
     *
     * @param root a directory of ours alone, which need not exist yet
     */
    public Mirrors(Path root, FetchPolicy policy, GitCredentials credentials) {
        this.root = root.toAbsolutePath().normalize();
        this.policy = policy;
        this.credentials = credentials;
    }

    /**
     * The mirror of a project; it may not have been fetched yet.
     *
     * @param project the project's name
     * @param url where its repository is
     * @throws dev.stepzero.core.UserError if the address may not be fetched from
     */
    public Mirror of(String project, String url) {
        return new Mirror(root.resolve(project + ".git"), project, policy.check(url), policy, credentials);
    }
}
