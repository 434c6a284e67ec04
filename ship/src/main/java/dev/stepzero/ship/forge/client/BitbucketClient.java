package dev.stepzero.ship.forge.client;

import dev.stepzero.core.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bitbucket Cloud, by its API of version 2: a build status, a report with annotations, and a comment. */
public final class BitbucketClient implements ForgeClient {
    private static final int BATCH = 100;
    private static final int MOST_ANNOTATIONS = 1000;

    private final ForgeConnection connection;
    private final Comments comments;

    /**
     * A client.
     *
     * @param connection to {@code https://api.bitbucket.org/2.0}
     * @param key what comments are marked with
     */
    public BitbucketClient(ForgeConnection connection, byte[] key) {
        this.connection = connection;
        this.comments = new PullRequestComments(connection, key);
    }

    @Override
    public void tell(Report report) throws InterruptedException {
        var commit = "repositories/" + report.repository() + "/commit/" + report.commit();
        connection.set(
                "POST",
                commit + "/statuses/build",
                Map.of(
                        "key", report.name(),
                        "name", report.name(),
                        "state", state(report),
                        "description", report.summary(255),
                        "url", report.details().toString()));
        if (report.isOver()) {
            insights(report, commit + "/reports/" + report.name());
        }
        comments.put(report);
    }

    static String state(Report report) {
        return switch (report.state()) {
            case RUNNING -> "INPROGRESS";
            case PASSED -> "SUCCESSFUL";
            case BLOCKED, FAILED -> "FAILED";
        };
    }

    private void insights(Report report, String path) throws InterruptedException {
        connection.set(
                "PUT",
                path,
                Map.of(
                        "title",
                        "Stepzero",
                        "reporter",
                        "Stepzero",
                        "report_type",
                        "SECURITY",
                        "details",
                        report.summary(2000),
                        "link",
                        report.details().toString(),
                        "result",
                        report.state() == Report.State.PASSED ? "PASSED" : "FAILED"));
        var annotations = annotations(report);
        for (var start = 0; start < annotations.size(); start += BATCH) {
            // Each has an id of its own, so that the same one again changes it.
            connection.set(
                    "POST",
                    path + "/annotations",
                    annotations.subList(start, Math.min(start + BATCH, annotations.size())));
        }
    }

    private static List<Map<String, Object>> annotations(Report report) {
        return report.findings().stream()
                .filter(finding -> finding.location().file().isPresent())
                .limit(MOST_ANNOTATIONS)
                .map(BitbucketClient::annotation)
                .toList();
    }

    private static Map<String, Object> annotation(Finding finding) {
        var annotation = new HashMap<String, Object>();
        annotation.put("external_id", finding.fingerprint());
        annotation.put("annotation_type", "VULNERABILITY");
        annotation.put("summary", GitHubClient.cut(Markdown.line(finding.title()), 450));
        annotation.put("details", GitHubClient.cut(Markdown.line(finding.message() + " – " + finding.fix()), 2000));
        annotation.put("severity", finding.severity().name());
        annotation.put("path", finding.location().file().orElseThrow());
        finding.location().line().ifPresent(line -> annotation.put("line", line));
        return annotation;
    }

    private static final class PullRequestComments extends Comments {
        private final ForgeConnection connection;

        PullRequestComments(ForgeConnection connection, byte[] key) {
            super(key);
            this.connection = connection;
        }

        private static String comments(Report report) {
            return "repositories/%s/pullrequests/%d/comments"
                    .formatted(report.repository(), report.pullRequest().orElseThrow());
        }

        /** Bitbucket shows HTML comments, but no definitions of links. */
        @Override
        String hidden(String marker) {
            return "[//]: # (" + marker + ")";
        }

        @Override
        Pages pages(Report report) {
            return number -> {
                var list = connection
                        .get(comments(report) + "?pagelen=100&sort=created_on&page=" + number)
                        .path("values");
                var found = new ArrayList<Comment>();
                list.forEach(node -> found.add(new Comment(
                        node.path("id").asLong(0),
                        node.path("deleted").asBoolean(false)
                                ? ""
                                : node.path("content").path("raw").asString(""),
                        node)));
                return found.isEmpty() ? Optional.empty() : Optional.of(found);
            };
        }

        @Override
        void add(Report report, String text) throws InterruptedException {
            connection.create(comments(report), Map.of("content", Map.of("raw", text)));
        }

        @Override
        void change(Report report, Comment comment, String text) throws InterruptedException {
            connection.set("PUT", comments(report) + "/" + comment.id(), Map.of("content", Map.of("raw", text)));
        }
    }
}
