package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Review;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.RefChange;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bitbucket Data Center, whose repositories are named {@code PROJECT/slug}. */
final class DataCenterDeliverer implements Deliverer {
    @Override
    public ForgeEvent read(String event, Field root) {
        return switch (event) {
            case "repo:refs_changed" -> push(root);
            case "pr:opened" -> request(root, PullRequest.Action.OPENED);
            case "pr:from_ref_updated" -> request(root, PullRequest.Action.UPDATED);
            case "pr:modified" ->
                root.at("previousTarget").isThere()
                        ? request(root, PullRequest.Action.UPDATED)
                        : new ForgeEvent.Ignored("only its description was edited");
            case "pr:merged" -> request(root, PullRequest.Action.MERGED);
            case "pr:declined", "pr:deleted" -> request(root, PullRequest.Action.CLOSED);
            case "pr:reviewer:approved" -> review(root, Review.Opinion.APPROVED);
            case "pr:reviewer:needs_work" -> review(root, Review.Opinion.CHANGES_REQUESTED);
            case "pr:reviewer:unapproved" -> review(root, Review.Opinion.DISMISSED);
            case "diagnostics:ping" -> new ForgeEvent.Ping();
            default -> Deliverer.ignored(event);
        };
    }

    private static ForgeEvent push(Field root) {
        var changes = root.at("changes").elements().toList();
        if (changes.isEmpty()) {
            throw root.at("changes").odd("a list of changes");
        }
        return new ForgeEvent.Push(
                repository(root.at("repository")),
                changes.stream()
                        .map(change -> new RefChange(
                                change.at("ref").at("id").ref(),
                                change.at("fromHash").commit(),
                                change.at("toHash").commit(),
                                false))
                        .toList(),
                root.at("actor").at("name").textOrEmpty(),
                Stream.concat(root.at("commits").elements(), Stream.of(root.at("toCommit")))
                        .flatMap(commit -> Stream.of(commit.at("author"), commit.at("committer")))
                        .map(person -> person.at("emailAddress").textOrEmpty())
                        .filter(address -> !address.isEmpty())
                        .collect(Collectors.toSet()),
                // It lists some commits and does not say of how many.
                false);
    }

    private static String repository(Field repository) {
        var project =
                new Field(repository.at("project").at("key").node(), repository.path() + ".project.key").repository();
        return project + "/" + repository.at("slug").repository();
    }

    private static ForgeEvent request(Field root, PullRequest.Action action) {
        var request = root.at("pullRequest");
        var from = request.at("fromRef");
        var to = request.at("toRef");
        var ids = Stream.of(from, to)
                .map(side -> side.at("repository").at("id").identity())
                .toList();
        return new PullRequest(
                repository(to.at("repository")),
                request.at("id").number(),
                action,
                side(from),
                side(to),
                request.at("author").at("user").at("name").textOrEmpty(),
                ids.getFirst().isEmpty() || !ids.getFirst().equals(ids.getLast()));
    }

    private static Side side(Field side) {
        var ref = side.at("id").ref();
        return new Side(
                repository(side.at("repository")),
                ref.startsWith("refs/heads/") ? ref.substring("refs/heads/".length()) : "",
                side.at("latestCommit").commitOrEmpty());
    }

    private static ForgeEvent review(Field root, Review.Opinion opinion) {
        var reviewed = root.at("participant").at("lastReviewedCommit").commitOrEmpty();
        return new Review(
                repository(root.at("pullRequest").at("toRef").at("repository")),
                root.at("pullRequest").at("id").number(),
                opinion,
                root.at("participant").at("user").at("name").text(),
                root.at("participant").at("user").at("id").identity(),
                reviewed);
    }
}
