package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Review;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.RefChange;
import java.util.List;
import java.util.stream.Collectors;

/** GitLab, whose pull requests are merge requests. */
final class GitLabDeliverer implements Deliverer {
    @Override
    public ForgeEvent read(String event, Field root) {
        return switch (event) {
            case "Push Hook", "Tag Push Hook" -> push(root);
            case "Merge Request Hook" -> mergeRequest(root);
            default -> Deliverer.ignored(event);
        };
    }

    private static ForgeEvent push(Field root) {
        var commits = root.at("commits").elements().toList();
        var total = root.at("total_commits_count").node();
        return new ForgeEvent.Push(
                root.at("project").at("path_with_namespace").repository(),
                List.of(new RefChange(
                        root.at("ref").ref(),
                        root.at("before").commit(),
                        root.at("after").commit(),
                        false)),
                root.at("user_username").textOrEmpty(),
                commits.stream()
                        .map(commit -> commit.at("author").at("email").textOrEmpty())
                        .filter(address -> !address.isEmpty())
                        .collect(Collectors.toSet()),
                // GitLab lists twenty commits at most, and never the committers.
                total.isIntegralNumber() && total.asLong(-1) == commits.size());
    }

    private static ForgeEvent mergeRequest(Field root) {
        var request = root.at("object_attributes");
        return switch (request.at("action").textOrEmpty()) {
            case "open", "reopen" -> request(root, PullRequest.Action.OPENED);
            case "merge" -> request(root, PullRequest.Action.MERGED);
            case "close" -> request(root, PullRequest.Action.CLOSED);
            case "update" ->
                request.at("oldrev").isThere()
                                || root.at("changes").at("target_branch").isThere()
                        ? request(root, PullRequest.Action.UPDATED)
                        : new ForgeEvent.Ignored("only its description was edited");
            case "approved", "approval" -> review(root, Review.Opinion.APPROVED);
            case "unapproved", "unapproval" -> review(root, Review.Opinion.DISMISSED);
            default -> new ForgeEvent.Ignored("a merge request without an action that concerns us");
        };
    }

    private static ForgeEvent request(Field root, PullRequest.Action action) {
        var request = root.at("object_attributes");
        var source = request.at("source_project_id").identity();
        var target = request.at("target_project_id").identity();
        var repository = request.at("source").at("path_with_namespace");
        return new PullRequest(
                repository(root),
                request.at("iid").number(),
                action,
                new Side(
                        repository.isThere() ? repository.repository() : "",
                        request.at("source_branch").branch(),
                        request.at("last_commit").at("id").commitOrEmpty()),
                new Side(repository(root), request.at("target_branch").branch(), ""),
                // The account that acts; the author is named by number only.
                root.at("user").at("username").textOrEmpty(),
                source.isEmpty() || !source.equals(target));
    }

    private static String repository(Field root) {
        return root.at("project").at("path_with_namespace").repository();
    }

    private static ForgeEvent review(Field root, Review.Opinion opinion) {
        var request = root.at("object_attributes");
        return new Review(
                repository(root),
                request.at("iid").number(),
                opinion,
                root.at("user").at("username").text(),
                root.at("user").at("id").identity(),
                request.at("last_commit").at("id").commitOrEmpty());
    }
}
