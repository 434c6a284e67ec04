package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.Review;
import dev.stepzero.ship.forge.RefChange;
import java.util.List;
import java.util.Set;

/** Gitea and Forgejo. */
final class GiteaDeliverer implements Deliverer {
    @Override
    public ForgeEvent read(String event, Field root) {
        return switch (event) {
            case "push" -> GitHubDeliverer.push(root, root.at("pusher").at("login"));
            case "pull_request", "pull_request_sync" ->
                GitHubDeliverer.pullRequest(root, root.at("action").text());
            case "pull_request_approved" -> review(root, Review.Opinion.APPROVED);
            case "pull_request_rejected" -> review(root, Review.Opinion.CHANGES_REQUESTED);
            case "create" -> created(root);
            case "delete" -> new ForgeEvent.Ignored("a push says the same");
            default -> Deliverer.ignored(event);
        };
    }

    /** A tag that was made: older versions send no push for it. */
    private static ForgeEvent created(Field root) {
        if (!root.at("ref_type").textOrEmpty().equals("tag")) {
            return new ForgeEvent.Ignored("a push says the same");
        }
        var after = root.at("sha").commit();
        var tag = new Field(root.at("ref").node(), "ref").branch();
        return new ForgeEvent.Push(
                root.at("repository").at("full_name").repository(),
                List.of(new RefChange("refs/tags/" + tag, "0".repeat(after.length()), after, false)),
                root.at("sender").at("login").textOrEmpty(),
                Set.of(),
                false);
    }

    private static ForgeEvent review(Field root, Review.Opinion opinion) {
        var commit = root.at("commit_id").commitOrEmpty();
        return new Review(
                root.at("repository").at("full_name").repository(),
                root.at("pull_request").at("number").number(),
                opinion,
                root.at("sender").at("login").text(),
                root.at("sender").at("id").identity(),
                commit.isEmpty() ? root.at("pull_request").at("head").at("sha").commitOrEmpty() : commit);
    }
}
