package dev.stepzero.ship.forge.client;

import java.util.Map;

/** Gitea and Forgejo, by their API of version 1: a commit status and a comment; they have no annotations. */
public final class GiteaClient implements ForgeClient {
    private static final String ROOT = "repos/";

    private final ForgeConnection connection;
    private final Comments comments;

    /**
     * A client.
     *
     * @param connection to {@code https://HOST/api/v1}
     * @param key what comments are marked with
     */
    public GiteaClient(ForgeConnection connection, byte[] key) {
        this.connection = connection;
        this.comments = new IssueComments(connection, ROOT, key);
    }

    @Override
    public void tell(Report report) throws InterruptedException {
        connection.set(
                "POST",
                ROOT + report.repository() + "/statuses/" + report.commit(),
                Map.of(
                        "state", state(report),
                        "context", report.name(),
                        "description", report.summary(140),
                        "target_url", report.details().toString()));
        comments.put(report);
    }

    static String state(Report report) {
        return switch (report.state()) {
            case RUNNING -> "pending";
            case PASSED -> "success";
            case BLOCKED -> "failure";
            case FAILED -> "error";
        };
    }
}
