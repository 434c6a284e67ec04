package dev.stepzero.ship.forge.client;

import dev.stepzero.core.UserError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** GitLab, by its REST API of version 4: a commit status, and a note on the merge request. */
public final class GitLabClient implements ForgeClient {
    private final ForgeConnection connection;
    private final Comments comments;

    /**
     * A client.
     *
     * @param connection to {@code https://HOST/api/v4}
     * @param key what notes are marked with
     */
    public GitLabClient(ForgeConnection connection, byte[] key) {
        this.connection = connection;
        this.comments = new Notes(connection, key);
    }

    @Override
    public void tell(Report report) throws InterruptedException {
        var state = switch (report.state()) {
            case RUNNING -> "running";
            case PASSED -> "success";
            case BLOCKED -> "failed";
            case FAILED -> "canceled";
        };
        try {
            connection.set(
                    "POST",
                    project(report) + "/statuses/" + report.commit(),
                    Map.of(
                            "state", state,
                            "name", report.name(),
                            "description", report.summary(255),
                            "target_url", report.details().toString()));
        } catch (UserError e) {
            // It refuses to set what is set already.
            if (!e.what().contains("Cannot transition status via")) {
                throw e;
            }
        }
        comments.put(report);
    }

    private static String project(Report report) {
        return "projects/" + URLEncoder.encode(report.repository(), StandardCharsets.UTF_8);
    }

    private static final class Notes extends Comments {
        private final ForgeConnection connection;

        Notes(ForgeConnection connection, byte[] key) {
            super(key);
            this.connection = connection;
        }

        private static String notes(Report report) {
            return project(report) + "/merge_requests/" + report.pullRequest().orElseThrow() + "/notes";
        }

        @Override
        Pages pages(Report report) {
            return number -> {
                var list = connection.get(notes(report) + "?sort=asc&order_by=created_at&per_page=100&page=" + number);
                var found = new ArrayList<Comment>();
                list.forEach(node -> found.add(
                        new Comment(node.path("id").asLong(0), node.path("body").asString(""), node)));
                return found.isEmpty() ? Optional.empty() : Optional.of(found);
            };
        }

        @Override
        void add(Report report, String text) throws InterruptedException {
            connection.create(notes(report), Map.of("body", text));
        }

        @Override
        void change(Report report, Comment comment, String text) throws InterruptedException {
            connection.set("PUT", notes(report) + "/" + comment.id(), Map.of("body", text));
        }
    }
}
