package dev.stepzero.ship.forge.client;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Bitbucket Data Center 7.4 or newer: a build status, a report with annotations, and a comment. */
public final class DataCenterClient implements ForgeClient {
    private static final int MOST_ANNOTATIONS = 1000;

    private final ForgeConnection connection;
    private final Comments comments;

    /**
     * A client.
     *
     * @param connection to {@code https://HOST/rest}
     * @param key what comments are marked with
     */
    public DataCenterClient(ForgeConnection connection, byte[] key) {
        this.connection = connection;
        this.comments = new Activities(connection, key);
    }

    private static String repository(Report report) {
        var slash = report.repository().indexOf('/');
        return "projects/" + report.repository().substring(0, slash) + "/repos/"
                + report.repository().substring(slash + 1);
    }

    @Override
    public void tell(Report report) throws InterruptedException {
        var commit = repository(report) + "/commits/" + report.commit();
        connection.set(
                "POST",
                "api/latest/" + commit + "/builds",
                Map.of(
                        "key", report.name(),
                        "name", report.name(),
                        "state", BitbucketClient.state(report),
                        "description", report.summary(255),
                        "url", report.details().toString()));
        if (report.isOver()) {
            insights(report, "insights/latest/" + commit + "/reports/" + report.name());
        }
        comments.put(report);
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
                        "details",
                        report.summary(2000),
                        "link",
                        report.details().toString(),
                        "result",
                        report.state() == Report.State.PASSED ? "PASS" : "FAIL"));
        // Annotations are added and never replaced, so those of an earlier telling go first.
        connection.set("DELETE", path + "/annotations", Map.of());
        var annotations = annotations(report);
        if (!annotations.isEmpty()) {
            connection.set("POST", path + "/annotations", Map.of("annotations", annotations));
        }
    }

    private static List<Map<String, Object>> annotations(Report report) {
        return report.findings().stream()
                .filter(finding -> finding.location().file().isPresent())
                .limit(MOST_ANNOTATIONS)
                .map(DataCenterClient::annotation)
                .toList();
    }

    private static Map<String, Object> annotation(Finding finding) {
        var annotation = new HashMap<String, Object>();
        annotation.put("externalId", finding.fingerprint());
        annotation.put("type", "VULNERABILITY");
        annotation.put(
                "message",
                GitHubClient.cut(
                        Markdown.line(finding.title() + ": " + finding.message() + " – " + finding.fix()), 2000));
        annotation.put(
                "severity",
                finding.severity() == Severity.CRITICAL
                        ? "HIGH"
                        : finding.severity().name());
        annotation.put("path", finding.location().file().orElseThrow());
        annotation.put("line", finding.location().startLine());
        return annotation;
    }

    private static final class Activities extends Comments {
        private final ForgeConnection connection;

        Activities(ForgeConnection connection, byte[] key) {
            super(key);
            this.connection = connection;
        }

        private static String pullRequest(Report report) {
            return "api/latest/%s/pull-requests/%d"
                    .formatted(repository(report), report.pullRequest().orElseThrow());
        }

        /** Its Markdown shows HTML comments, but no definitions of links. */
        @Override
        String hidden(String marker) {
            return "[//]: # (" + marker + ")";
        }

        /** Its pages begin where the one before says, and go from the newest to the oldest. */
        @Override
        Pages pages(Report report) {
            return new Pages() {
                private OptionalLong start = OptionalLong.of(0);

                @Override
                public Optional<Iterable<Comment>> page(int number) throws InterruptedException {
                    if (start.isEmpty()) {
                        return Optional.empty();
                    }
                    var list = connection.get(pullRequest(report) + "/activities?limit=100&start=" + start.getAsLong());
                    var next = list.path("nextPageStart");
                    start = list.path("isLastPage").asBoolean(true) || !next.isIntegralNumber()
                            ? OptionalLong.empty()
                            : OptionalLong.of(next.longValue());
                    var found = new ArrayList<Comment>();
                    list.path("values").forEach(activity -> {
                        var comment = activity.path("comment");
                        if (activity.path("action").asString("").equals("COMMENTED")) {
                            found.add(new Comment(
                                    comment.path("id").asLong(0),
                                    comment.path("text").asString(""),
                                    comment));
                        }
                    });
                    return Optional.of(found);
                }
            };
        }

        @Override
        void add(Report report, String text) throws InterruptedException {
            connection.create(pullRequest(report) + "/comments", Map.of("text", text));
        }

        @Override
        void change(Report report, Comment comment, String text) throws InterruptedException {
            connection.set(
                    "PUT",
                    pullRequest(report) + "/comments/" + comment.id(),
                    Map.of(
                            "text",
                            text,
                            "version",
                            comment.node().path("version").asInt(0)));
        }
    }
}
