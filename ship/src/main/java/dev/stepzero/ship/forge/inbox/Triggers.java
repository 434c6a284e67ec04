package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Push;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.RefChange;
import dev.stepzero.ship.forge.inbox.RunRequest.Purpose;
import dev.stepzero.ship.forge.inbox.RunRequest.Trust;
import dev.stepzero.ship.git.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Decides what an event leads to. What it says is a hint only: the refs are fetched, a run is about what a ref has now,
 * and only if the commit that was told of is that or in its history. Whose code it is follows from where in the
 * repository the commit stands, and whatever cannot be told is foreign.
 */
public final class Triggers {
    private final RequestedRuns runs;
    private final BiConsumer<ForgeProject, ForgeEvent.Review> reviews;

    /** Triggers that ask for runs, and pass reviews on. */
    public Triggers(RequestedRuns runs, BiConsumer<ForgeProject, ForgeEvent.Review> reviews) {
        this.runs = runs;
        this.reviews = reviews;
    }

    /**
     * Handles an event of a project.
     *
     * @param mirror the project's own
     * @throws dev.stepzero.core.UserError if the repository cannot be fetched: then it is tried again later
     */
    public Answer handle(ForgeProject project, Mirror mirror, ForgeEvent event) {
        return switch (event) {
            case Push push when isOther(project, push.repository()) -> other(push.repository());
            case Push push -> push(project, mirror, push);
            case PullRequest request when isOther(project, request.repository()) -> other(request.repository());
            case PullRequest request -> pullRequest(project, mirror, request);
            case ForgeEvent.Review review when isOther(project, review.repository()) -> other(review.repository());
            case ForgeEvent.Review review -> {
                reviews.accept(project, review);
                yield new Answer.Noted();
            }
            case ForgeEvent.Ping ping -> new Answer.Ignored("the forge asked whether somebody is here");
            case ForgeEvent.Ignored ignored -> new Answer.Ignored(ignored.reason());
        };
    }

    private static boolean isOther(ForgeProject project, String repository) {
        return !project.repository().equalsIgnoreCase(repository);
    }

    private static Answer other(String repository) {
        return new Answer.Ignored("it is about %s; if the repository was renamed, change it in the project's settings"
                .formatted(repository));
    }

    private Answer push(ForgeProject project, Mirror mirror, Push push) {
        var requested = new ArrayList<Long>();
        var reasons = new ArrayList<String>();
        for (var change : push.changes()) {
            switch (change(project, mirror, change, push.pusher())) {
                case Answer.Requested one -> requested.addAll(one.runs());
                case Answer.Ignored ignored -> reasons.add(ignored.reason());
                case Answer.Noted noted -> {}
            }
        }
        return requested.isEmpty()
                ? new Answer.Ignored(
                        String.join("; ", reasons.stream().distinct().limit(5).toList()))
                : new Answer.Requested(requested);
    }

    private Answer change(ForgeProject project, Mirror mirror, RefChange change, String pusher) {
        if (change.deleted()) {
            runs.cancel(project.name(), change.ref(), "its branch was deleted");
            return new Answer.Ignored("the ref was deleted");
        }
        if (change.isTag()) {
            return project.ships(change.ref())
                    ? tag(project, mirror, change, pusher)
                    : new Answer.Ignored("tags lead to nothing unless the project's settings say so");
        }
        var main = change.ref().equals(project.mainRef());
        if (!main && !(change.isBranch() && project.checkedBranches())) {
            return new Answer.Ignored("only pushes to %s lead to a run; other branches do by their pull request"
                    .formatted(project.mainBranch()));
        }
        var tip = mirror.fetch(project.remote(), change.ref());
        if (tip.isEmpty()) {
            return new Answer.Ignored("the repository has no such ref any more");
        }
        if (!mirror.contains(tip.get(), change.after())) {
            return new Answer.Ignored(
                    "the commit is not in the history of the ref: it was pushed away, or never there");
        }
        return ask(new RunRequest(
                project.name(),
                change.ref(),
                tip.get(),
                Optional.empty(),
                main ? Purpose.SHIP : Purpose.CHECK,
                main ? Trust.TRUSTED : Trust.INTERNAL,
                OptionalLong.empty(),
                pusher));
    }

    /** Whoever may push a tag may point it anywhere, so what it ships must have come through the protected branch. */
    private Answer tag(ForgeProject project, Mirror mirror, RefChange change, String pusher) {
        var commit = mirror.fetch(project.remote(), change.ref());
        var main = mirror.fetch(project.remote(), project.mainRef());
        if (commit.isEmpty() || main.isEmpty()) {
            return new Answer.Ignored("the repository has no such ref any more");
        }
        if (!mirror.contains(main.get(), commit.get())) {
            return new Answer.Ignored("the tag's commit is not in the history of " + project.mainBranch());
        }
        return ask(new RunRequest(
                project.name(),
                change.ref(),
                commit.get(),
                Optional.empty(),
                Purpose.SHIP,
                Trust.TRUSTED,
                OptionalLong.empty(),
                pusher));
    }

    private Answer pullRequest(ForgeProject project, Mirror mirror, PullRequest request) {
        var ref = project.forge()
                .pullRequestRef(request.number())
                .orElse("refs/heads/" + request.head().branch());
        if (request.action() == PullRequest.Action.CLOSED || request.action() == PullRequest.Action.MERGED) {
            var cancelled = runs.cancel(project.name(), place(request), "its pull request was closed");
            return new Answer.Ignored("the pull request is over; %d waiting runs were cancelled".formatted(cancelled));
        }
        var base = mirror.fetch(project.remote(), "refs/heads/" + request.base().branch());
        if (base.isEmpty()) {
            return new Answer.Ignored("the repository has no branch that it could be merged into");
        }
        var tip = head(project, mirror, request, ref);
        if (tip.isEmpty()) {
            return new Answer.Ignored("the commit that is proposed is not there any more");
        }
        return ask(new RunRequest(
                project.name(),
                place(request),
                tip.get(),
                base,
                Purpose.CHECK,
                trust(project, mirror, request, tip.get()),
                OptionalLong.of(request.number()),
                request.author()));
    }

    private static String place(PullRequest request) {
        return "pull request " + request.number();
    }

    /** The commit that the proposal has now, if the one that was told of is that or in its history. */
    private static Optional<String> head(ForgeProject project, Mirror mirror, PullRequest request, String ref) {
        var told = request.head().commit();
        var elsewhere = project.forge().pullRequestRef(request.number()).isEmpty() && request.foreign();
        if (elsewhere && request.head().repository().isEmpty()) {
            return Optional.empty();
        }
        var remote = elsewhere ? project.remote().sibling(request.head().repository()) : project.remote();
        return mirror.fetch(remote, ref)
                .filter(tip -> tip.startsWith(told) || (told.length() >= 40 && mirror.contains(tip, told)));
    }

    /** Internal is only what stands on a branch of the repository itself, whatever the delivery says. */
    private static Trust trust(ForgeProject project, Mirror mirror, PullRequest request, String commit) {
        var branch = request.head().branch();
        if (request.foreign() || branch.isEmpty()) {
            return Trust.FOREIGN;
        }
        return mirror.fetch(project.remote(), "refs/heads/" + branch)
                .filter(tip -> mirror.contains(tip, commit))
                .map(tip -> Trust.INTERNAL)
                .orElse(Trust.FOREIGN);
    }

    private Answer ask(RunRequest request) {
        return new Answer.Requested(List.of(runs.request(request).id()));
    }
}
