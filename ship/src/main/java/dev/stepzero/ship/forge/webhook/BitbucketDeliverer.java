package dev.stepzero.ship.forge.webhook;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Review;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.RefChange;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bitbucket Cloud, whose pull requests name commits by their first twelve digits. */
final class BitbucketDeliverer implements Deliverer {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}|");
    private static final Pattern ADDRESS = Pattern.compile("<([^<>\\s]{1,320})>");
    private static final String ZEROS = "0".repeat(40);

    @Override
    public ForgeEvent read(String event, Field root) {
        return switch (event) {
            case "repo:push" -> push(root);
            case "pullrequest:created" -> request(root, PullRequest.Action.OPENED);
            // Sent for edited descriptions as well: the commit tells whether there is anything to do.
            case "pullrequest:updated" -> request(root, PullRequest.Action.UPDATED);
            case "pullrequest:fulfilled" -> request(root, PullRequest.Action.MERGED);
            case "pullrequest:rejected" -> request(root, PullRequest.Action.CLOSED);
            case "pullrequest:approved" -> review(root, Review.Opinion.APPROVED);
            case "pullrequest:changes_request_created" -> review(root, Review.Opinion.CHANGES_REQUESTED);
            case "pullrequest:unapproved", "pullrequest:changes_request_removed" ->
                review(root, Review.Opinion.DISMISSED);
            case "diagnostics:ping" -> new ForgeEvent.Ping();
            default -> Deliverer.ignored(event);
        };
    }

    private static ForgeEvent push(Field root) {
        var changes = root.at("push").at("changes").elements().toList();
        if (changes.isEmpty()) {
            throw root.at("push").at("changes").odd("a list of changes");
        }
        Set<String> authors = changes.stream()
                .flatMap(change -> change.at("commits").elements())
                .flatMap(commit -> address(commit.at("author").at("raw").textOrEmpty()))
                .collect(Collectors.toSet());
        return new ForgeEvent.Push(
                root.at("repository").at("full_name").repository(),
                changes.stream().map(BitbucketDeliverer::change).toList(),
                account(root.at("actor")),
                authors,
                changes.stream().noneMatch(change -> change.at("truncated").isTrue()));
    }

    private static RefChange change(Field change) {
        var named = change.at(change.at("new").isThere() ? "new" : "old");
        var kind = named.at("type").text().equals("tag") ? "refs/tags/" : "refs/heads/";
        return new RefChange(
                kind + named.at("name").branch(),
                target(change.at("old")),
                target(change.at("new")),
                change.at("forced").isTrue());
    }

    private static String target(Field side) {
        return side.isThere() ? side.at("target").at("hash").commit() : ZEROS;
    }

    private static Stream<String> address(String person) {
        return ADDRESS.matcher(person).results().map(found -> found.group(1)).limit(1);
    }

    /** Bitbucket gave up user names; the nickname is not unique, but all that people know. */
    private static String account(Field user) {
        return Stream.of("nickname", "username", "display_name")
                .map(name -> user.at(name).textOrEmpty())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static ForgeEvent request(Field root, PullRequest.Action action) {
        var request = root.at("pullrequest");
        var source = request.at("source");
        var destination = request.at("destination");
        return new PullRequest(
                root.at("repository").at("full_name").repository(),
                request.at("id").number(),
                action,
                side(source),
                side(destination),
                account(request.at("author")),
                foreign(source.at("repository"), destination.at("repository")));
    }

    private static boolean foreign(Field source, Field destination) {
        var ids = Stream.of(source, destination)
                .map(side -> side.at("uuid").identity())
                .toList();
        var names = Stream.of(source, destination)
                .map(side -> side.at("full_name").identity())
                .toList();
        return names.getFirst().isEmpty()
                || !names.getFirst().equals(names.getLast())
                || !ids.getFirst().equals(ids.getLast());
    }

    private static Side side(Field side) {
        var repository = side.at("repository").at("full_name");
        return new Side(
                repository.isThere() ? repository.repository() : "",
                side.at("branch").at("name").branch(),
                side.at("commit").at("hash").matching(COMMIT, "a commit's id"));
    }

    private static ForgeEvent review(Field root, Review.Opinion opinion) {
        var request = root.at("pullrequest");
        return new Review(
                root.at("repository").at("full_name").repository(),
                request.at("id").number(),
                opinion,
                account(root.at("actor")),
                root.at("actor").at("uuid").identity(),
                request.at("source").at("commit").at("hash").matching(COMMIT, "a commit's id"));
    }
}
