package dev.stepzero.ship.forge.client;

import dev.stepzero.core.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GitHub, by its REST API: a check run with annotations where we are a GitHub App, which GitHub demands for it, and else
 * a commit status; and a comment.
 */
public final class GitHubClient implements ForgeClient {
    private static final String ROOT = "repos/";
    private static final int BATCH = 50;
    private static final int MOST_ANNOTATIONS = 500;
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_MESSAGE = 4000;

    private final ForgeConnection connection;
    private final boolean app;
    private final Comments comments;

    /**
     * A client.
     *
     * @param connection to {@code https://api.github.com}, or to {@code https://HOST/api/v3}
     * @param app whether its authorization is a GitHub App's
     * @param key what comments are marked with
     */
    public GitHubClient(ForgeConnection connection, boolean app, byte[] key) {
        this.connection = connection;
        this.app = app;
        this.comments = new IssueComments(connection, ROOT, key);
    }

    @Override
    public void tell(Report report) throws InterruptedException {
        if (app) {
            checkRun(report);
        } else {
            connection.set(
                    "POST",
                    ROOT + report.repository() + "/statuses/" + report.commit(),
                    Map.of(
                            "state", GiteaClient.state(report),
                            "context", report.name(),
                            "description", report.summary(140),
                            "target_url", report.details().toString()));
        }
        comments.put(report);
    }

    private void checkRun(Report report) throws InterruptedException {
        var runs = ROOT + report.repository() + "/check-runs";
        var known = ours(report);
        if (known.isPresent() && known.get().completed()) {
            return;
        }
        var id = known.map(Known::id).orElse("");
        if (id.isEmpty()) {
            id = connection.create(runs, begun(report)).path("id").asString("");
        }
        if (report.isOver()) {
            var batches = batches(report);
            for (var batch : batches.subList(0, batches.size() - 1)) {
                connection.set("PATCH", runs + "/" + id, Map.of("output", output(report, batch)));
            }
            // The conclusion comes last, so that a report that was cut is seen as one that goes on.
            connection.set("PATCH", runs + "/" + id, concluded(report, batches.getLast()));
        }
    }

    private record Known(String id, boolean completed) {}

    /** Our check run of this very run, which we named by its number when we made it. */
    private Optional<Known> ours(Report report) throws InterruptedException {
        var name = java.net.URLEncoder.encode(report.name(), java.nio.charset.StandardCharsets.UTF_8);
        var list = connection.get(ROOT + report.repository() + "/commits/" + report.commit()
                + "/check-runs?filter=all&per_page=100&check_name=" + name);
        for (var run : list.path("check_runs")) {
            if (run.path("external_id").asString("").equals(Long.toString(report.run()))) {
                return Optional.of(new Known(
                        run.path("id").asString(""),
                        run.path("status").asString("").equals("completed")));
            }
        }
        return Optional.empty();
    }

    private static Map<String, Object> begun(Report report) {
        return Map.of(
                "name", report.name(),
                "head_sha", report.commit(),
                "external_id", Long.toString(report.run()),
                "details_url", report.details().toString(),
                "status", "in_progress");
    }

    private static Map<String, Object> concluded(Report report, List<Map<String, Object>> annotations) {
        var conclusion = switch (report.state()) {
            case PASSED -> "success";
            case BLOCKED -> "failure";
            // Nobody judged it: a required check must not pass.
            case FAILED, RUNNING -> "cancelled";
        };
        return Map.of("status", "completed", "conclusion", conclusion, "output", output(report, annotations));
    }

    private static Map<String, Object> output(Report report, List<Map<String, Object>> annotations) {
        return Map.of(
                "title", report.summary(LONGEST_TITLE),
                "summary", CommentText.of(report),
                "annotations", annotations);
    }

    /** The annotations in the portions that GitHub takes; one empty portion at least. */
    private static List<List<Map<String, Object>>> batches(Report report) {
        var all = report.findings().stream()
                .filter(finding -> finding.location().file().isPresent())
                .limit(MOST_ANNOTATIONS)
                .map(GitHubClient::annotation)
                .toList();
        var batches = new ArrayList<List<Map<String, Object>>>();
        for (var start = 0; start == 0 || start < all.size(); start += BATCH) {
            batches.add(all.subList(start, Math.min(start + BATCH, all.size())));
        }
        return batches;
    }

    private static Map<String, Object> annotation(Finding finding) {
        var location = finding.location();
        var annotation = new HashMap<String, Object>();
        annotation.put("path", location.file().orElseThrow());
        annotation.put("start_line", Math.max(1, location.startLine()));
        annotation.put("end_line", Math.max(Math.max(1, location.startLine()), location.endLine()));
        annotation.put(
                "annotation_level",
                switch (finding.severity()) {
                    case CRITICAL, HIGH -> "failure";
                    case MEDIUM -> "warning";
                    case LOW -> "notice";
                });
        annotation.put("title", cut(Markdown.line(finding.title()), LONGEST_TITLE));
        annotation.put("message", cut(Markdown.line(finding.message() + " – " + finding.fix()), LONGEST_MESSAGE));
        return annotation;
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
