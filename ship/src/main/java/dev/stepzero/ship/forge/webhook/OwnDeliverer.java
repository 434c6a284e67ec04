package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.RefChange;
import java.util.Set;

/** What Stepzero's own git endpoint writes down of pushes; see {@link dev.stepzero.ship.forge.own.OwnRepositories}. */
final class OwnDeliverer implements Deliverer {
    @Override
    public ForgeEvent read(String event, Field root) {
        return switch (event) {
            case "push" ->
                new ForgeEvent.Push(
                        root.at("repository").repository(),
                        root.at("changes").elements().map(OwnDeliverer::change).toList(),
                        root.at("pusher").textOrEmpty(),
                        Set.of(),
                        false);
            case "review-request" -> review(root);
            default -> Deliverer.ignored(event);
        };
    }

    private static RefChange change(Field change) {
        return new RefChange(
                change.at("ref").ref(),
                change.at("before").commit(),
                change.at("after").commit(),
                change.at("forced").isTrue());
    }

    private static PullRequest.Action action(Field root) {
        if (root.at("ended").isTrue()) {
            return PullRequest.Action.CLOSED;
        }
        return root.at("opened").isTrue() ? PullRequest.Action.OPENED : PullRequest.Action.UPDATED;
    }

    /** Nothing but the commit is known of what is proposed, so that it counts as foreign until it is merged. */
    private static ForgeEvent review(Field root) {
        var repository = root.at("repository").repository();
        return new PullRequest(
                repository,
                root.at("number").number(),
                action(root),
                new Side(repository, "", root.at("head").commit()),
                new Side(repository, root.at("target").branch(), ""),
                root.at("pusher").textOrEmpty(),
                true);
    }
}
