package dev.stepzero.ship.forge.inbox;

import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.CommitRequest;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Push;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.RefChange;
import dev.stepzero.ship.git.Mirror;
import dev.stepzero.ship.queue.RunQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Decides what an event leads to. What it says is a hint only: the refs are fetched, a run is about what a ref has now,
 * and only if the commit that was told of is that or in its history. Whose code it is follows from where in the
 * repository the commit stands, and whatever cannot be told is foreign.
 */
public final class Triggers {
    private final RunQueue queue;
    private final BiConsumer<ForgeProject, ForgeEvent.Review> reviews;

    /** Triggers that ask for runs, and pass reviews on. */
    public Triggers(RunQueue queue, BiConsumer<ForgeProject, ForgeEvent.Review> reviews) {
        this.queue = queue;
        this.reviews = reviews;
    }

    /**
     * Handles an event of a project.
     *
     * @param mirror the project's own
     * @throws dev.stepzero.core.UserError if the repository cannot be fetched: then it is tried again later
     * @throws InterruptedException if the fetch was cancelled: then it is tried again, too
     */
    public Answer handle(ForgeProject project, Mirror mirror, ForgeEvent event) throws InterruptedException {
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

    private Answer push(ForgeProject project, Mirror mirror, Push push) throws InterruptedException {
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

    private Answer change(ForgeProject project, Mirror mirror, RefChange change, String pusher)
            throws InterruptedException {
        if (change.deleted()) {
            queue.withdraw(
                    new RunQueue.Ref(project.name(), change.ref(), Optional.empty(), Optional.empty()),
                    "the deletion of its branch");
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
                    .formatted(project.registered().protectedBranch()));
        }
        var tip = mirror.fetch(change.ref());
        if (tip.isEmpty()) {
            return new Answer.Ignored("the repository has no such ref any more");
        }
        if (!mirror.isMergedInto(change.after(), tip.get())) {
            return new Answer.Ignored(
                    "the commit is not in the history of the ref: it was pushed away, or never there");
        }
        return main
                ? ship(project, change.ref(), tip.get(), pusher)
                : ask(new CommitRequest(
                        project.registered(),
                        Purpose.VERIFY,
                        TrustClass.INTERNAL,
                        "",
                        change.ref(),
                        Optional.empty(),
                        tip.get(),
                        pusher));
    }

    /** Nobody has to ask for the first environment; further ones are for people to say. */
    private Answer ship(ForgeProject project, String ref, String commit, String pusher) {
        return project.registered().environments().stream()
                .findFirst()
                .map(environment -> ask(new CommitRequest(
                        project.registered(),
                        Purpose.SHIP,
                        TrustClass.TRUSTED,
                        environment,
                        ref,
                        Optional.empty(),
                        commit,
                        pusher)))
                .orElseGet(() -> new Answer.Ignored("the project is registered without an environment"));
    }

    /** Whoever may push a tag may point it anywhere, so what it ships must have come through the protected branch. */
    private Answer tag(ForgeProject project, Mirror mirror, RefChange change, String pusher)
            throws InterruptedException {
        var commit = mirror.fetch(change.ref());
        var main = mirror.fetch(project.mainRef());
        if (commit.isEmpty() || main.isEmpty()) {
            return new Answer.Ignored("the repository has no such ref any more");
        }
        if (!mirror.isMergedInto(commit.get(), main.get())) {
            return new Answer.Ignored("the tag's commit is not in the history of "
                    + project.registered().protectedBranch());
        }
        return ship(project, change.ref(), commit.get(), pusher);
    }

    private Answer pullRequest(ForgeProject project, Mirror mirror, PullRequest request) throws InterruptedException {
        var ref = project.forge()
                .pullRequestRef(request.number())
                .orElse("refs/heads/" + request.head().branch());
        var elsewhere = project.forge().pullRequestRef(request.number()).isEmpty() && request.foreign();
        var fork = Optional.of(request.head().repository()).filter(name -> elsewhere);
        if (request.action() == PullRequest.Action.CLOSED || request.action() == PullRequest.Action.MERGED) {
            var withdrawn = queue.withdraw(
                    new RunQueue.Ref(project.name(), ref, fork, Optional.of(request.number())),
                    "the end of its pull request");
            return new Answer.Ignored("the pull request is over; %d runs were taken back".formatted(withdrawn));
        }
        if (fork.filter(String::isEmpty).isPresent()) {
            return new Answer.Ignored("the repository that has the commit is not there any more");
        }
        var base = mirror.fetch("refs/heads/" + request.base().branch());
        if (base.isEmpty()) {
            return new Answer.Ignored("the repository has no branch that it could be merged into");
        }
        var tip = head(fork.map(mirror::fork).orElse(mirror), request, ref);
        if (tip.isEmpty()) {
            return new Answer.Ignored("the commit that is proposed is not there any more");
        }
        return ask(new CommitRequest(
                project.registered(),
                Purpose.VERIFY,
                trust(mirror, request, tip.get()),
                "",
                ref,
                fork,
                Optional.of(request.number()),
                base,
                tip.get(),
                request.author()));
    }

    /** The commit that the proposal has now, if the one that was told of is that or in its history. */
    private static Optional<String> head(Mirror source, PullRequest request, String ref) throws InterruptedException {
        var told = request.head().commit();
        return source.fetch(ref)
                .filter(tip -> tip.startsWith(told) || (told.length() >= 40 && source.isMergedInto(told, tip)));
    }

    /** Internal is only what stands on a branch of the repository itself, whatever the delivery says. */
    private static TrustClass trust(Mirror mirror, PullRequest request, String commit) throws InterruptedException {
        var branch = request.head().branch();
        if (request.foreign() || branch.isEmpty()) {
            return TrustClass.FOREIGN;
        }
        return mirror.fetch("refs/heads/" + branch)
                .filter(tip -> mirror.isMergedInto(commit, tip))
                .map(tip -> TrustClass.INTERNAL)
                .orElse(TrustClass.FOREIGN);
    }

    private Answer ask(CommitRequest request) {
        return new Answer.Requested(List.of(queue.submitOnce(request)));
    }
}
