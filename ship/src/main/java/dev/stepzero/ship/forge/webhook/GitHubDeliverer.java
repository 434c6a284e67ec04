package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Review;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.RefChange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** GitHub, and what Gitea and Forgejo have in common with it. */
final class GitHubDeliverer implements Deliverer {
    // GitHub lists no more commits than this in a push.
    private static final int MOST_COMMITS = 2048;

    @Override
    public ForgeEvent read(String event, Field root) {
        return switch (event) {
            case "push" -> push(root, root.at("pusher").at("name"));
            case "pull_request" -> pullRequest(root, root.at("action").text());
            case "pull_request_review" -> review(root);
            case "ping" -> new ForgeEvent.Ping();
            case "create", "delete" -> new ForgeEvent.Ignored("a push says the same");
            default -> Deliverer.ignored(event);
        };
    }

    static ForgeEvent push(Field root, Field pusher) {
        var change = new RefChange(
                root.at("ref").ref(),
                root.at("before").commit(),
                root.at("after").commit(),
                root.at("forced").isTrue());
        var commits = root.at("commits").elements().toList();
        var total = root.at("total_commits").node();
        return new ForgeEvent.Push(
                root.at("repository").at("full_name").repository(),
                List.of(change),
                pusher.textOrEmpty(),
                commits.stream().flatMap(GitHubDeliverer::people).collect(Collectors.toSet()),
                commits.size() < MOST_COMMITS && (!total.isIntegralNumber() || total.asLong(0) <= commits.size()));
    }

    private static Stream<String> people(Field commit) {
        return Stream.of("author", "committer")
                .map(role -> commit.at(role).at("email").textOrEmpty())
                .filter(address -> !address.isEmpty());
    }

    static ForgeEvent pullRequest(Field root, String action) {
        return switch (action) {
            case "opened", "reopened" -> pullRequest(root, PullRequest.Action.OPENED);
            case "synchronize", "synchronized" -> pullRequest(root, PullRequest.Action.UPDATED);
            case "closed" ->
                pullRequest(
                        root,
                        root.at("pull_request").at("merged").isTrue()
                                ? PullRequest.Action.MERGED
                                : PullRequest.Action.CLOSED);
            case "edited" ->
                // Only another base changes what the proposal would do.
                root.at("changes").at("base").isThere()
                                || root.at("changes").at("ref").isThere()
                        ? pullRequest(root, PullRequest.Action.UPDATED)
                        : new ForgeEvent.Ignored("only its description was edited");
            default -> new ForgeEvent.Ignored("a pull request that was " + action + " has the same commits as before");
        };
    }

    private static ForgeEvent pullRequest(Field root, PullRequest.Action action) {
        var request = root.at("pull_request");
        var head = request.at("head");
        var base = request.at("base");
        var target = base.at("repo").isThere() ? base.at("repo") : root.at("repository");
        return new PullRequest(
                target.at("full_name").repository(),
                root.at("number").number(),
                action,
                side(head, head.at("repo")),
                side(base, target),
                request.at("user").at("login").textOrEmpty(),
                foreign(head.at("repo"), target));
    }

    private static Side side(Field side, Field from) {
        var repository = from.at("full_name");
        return new Side(
                repository.isThere() ? repository.repository() : "",
                // Gitea says refs/pull/7/head here when the branch is gone.
                side.at("ref").textOrEmpty().startsWith("refs/")
                        ? ""
                        : side.at("ref").branch(),
                side.at("sha").commitOrEmpty());
    }

    /** A repository that was deleted, or of which nothing tells that it is the same, is another one. */
    static boolean foreign(Field head, Field base) {
        var ids = List.of(head.at("id").identity(), base.at("id").identity());
        var names =
                List.of(head.at("full_name").identity(), base.at("full_name").identity());
        var sameId = ids.getFirst().isPresent() && ids.getFirst().equals(ids.getLast());
        var sameName = names.getFirst().isPresent() && names.getFirst().equals(names.getLast());
        return !sameId || !sameName;
    }

    private static ForgeEvent review(Field root) {
        var review = root.at("review");
        var state = root.at("action").text().equals("dismissed")
                ? "dismissed"
                : review.at("state").text();
        return switch (state) {
            case "approved" -> review(root, Review.Opinion.APPROVED);
            case "changes_requested" -> review(root, Review.Opinion.CHANGES_REQUESTED);
            case "dismissed" -> review(root, Review.Opinion.DISMISSED);
            default -> new ForgeEvent.Ignored("a review that only comments decides nothing");
        };
    }

    private static ForgeEvent review(Field root, Review.Opinion opinion) {
        return new Review(
                root.at("repository").at("full_name").repository(),
                root.at("pull_request").at("number").number(),
                opinion,
                root.at("review").at("user").at("login").text(),
                root.at("review").at("user").at("id").identity(),
                root.at("review").at("commit_id").commitOrEmpty());
    }
}
