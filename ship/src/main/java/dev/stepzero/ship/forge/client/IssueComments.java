package dev.stepzero.ship.forge.client;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Comments as GitHub, Gitea and Forgejo have them: a pull request is an issue there. */
final class IssueComments extends Comments {
    private static final int PAGE = 50;

    private final ForgeConnection connection;
    private final String root;

    /** Comments below a path such as {@code repos/}. */
    IssueComments(ForgeConnection connection, String root, byte[] key) {
        super(key);
        this.connection = connection;
        this.root = root;
    }

    private String issues(Report report) {
        return root + report.repository() + "/issues/";
    }

    private String comments(Report report) {
        return issues(report) + report.pullRequest().orElseThrow() + "/comments";
    }

    @Override
    Pages pages(Report report) {
        return number -> {
            var list = connection.get(comments(report) + "?per_page=%d&limit=%d&page=%d".formatted(PAGE, PAGE, number));
            var found = new ArrayList<Comment>();
            list.forEach(node -> found.add(
                    new Comment(node.path("id").asLong(0), node.path("body").asString(""), node)));
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        };
    }

    @Override
    void add(Report report, String text) throws InterruptedException {
        connection.create(comments(report), Map.of("body", text));
    }

    @Override
    void change(Report report, Comment comment, String text) throws InterruptedException {
        connection.set("PATCH", issues(report) + "comments/" + comment.id(), Map.of("body", text));
    }
}
