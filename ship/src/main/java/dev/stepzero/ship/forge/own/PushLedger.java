package dev.stepzero.ship.forge.own;

import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.inbox.Deliveries;
import dev.stepzero.ship.forge.inbox.Incoming;
import dev.stepzero.ship.forge.inbox.Stored;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.transport.ReceiveCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes pushes down before the refs move: into the ledger, and into the inbox, where they are found when we are killed
 * before we can say that it happened. Whether it did, the refs tell whoever works on it.
 */
public final class PushLedger {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Deliveries deliveries;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    public PushLedger(Ledger ledger, Deliveries deliveries, Clock clock) {
        this.ledger = ledger;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** Enters who asked to change which refs, and what was decided. */
    void decided(String project, Pusher pusher, List<ReceiveCommand> commands) {
        for (var refused : List.of(false, true)) {
            var some = commands.stream()
                    .filter(command -> isRefused(command) == refused)
                    .toList();
            if (!some.isEmpty()) {
                ledger.append(new Entry(
                        pusher.actor(),
                        "repository.push",
                        new Thing("repository", project, project, ""),
                        clock.instant(),
                        refused ? Outcome.DENIED : Outcome.ALLOWED,
                        refused ? String.valueOf(some.getFirst().getMessage()) : "",
                        Details.of(Map.of(
                                "refs", some.stream().map(PushLedger::words).toList()))));
            }
        }
    }

    private static boolean isRefused(ReceiveCommand command) {
        return command.getResult() != ReceiveCommand.Result.NOT_ATTEMPTED
                && command.getResult() != ReceiveCommand.Result.OK;
    }

    private static String words(ReceiveCommand command) {
        return "%s %s %s"
                .formatted(
                        command.getRefName(),
                        command.getOldId().name(),
                        command.getNewId().name());
    }

    /** Enters what was decided on a review request. */
    void decided(
            String project,
            Actor who,
            long number,
            String action,
            Outcome outcome,
            String reason,
            Map<String, ?> details) {
        var thing = new Thing("review-request", Long.toString(number), project, "");
        ledger.append(new Entry(who, action, thing, clock.instant(), outcome, reason, Details.of(details)));
    }

    /** Puts a merge into the inbox as the push that it is; the answer hastens it. */
    Runnable announceMerge(String project, Actor who, String ref, String before, String after) {
        var change = Map.of("ref", ref, "before", before, "after", after, "forced", false);
        var pusher = new Pusher(who, who.principal(), false);
        return announce(project, pusher, "push", Map.of("changes", List.of(change)));
    }

    /** Puts the end of a review request into the inbox, so that what is verified of it is taken back. */
    void announceEnd(String project, Actor who, ReviewRequest request) {
        var said =
                Map.of("number", request.number(), "ended", true, "target", request.target(), "head", request.head());
        announce(project, new Pusher(who, who.principal(), false), "review-request", said)
                .run();
    }

    /** Puts changes of refs into the inbox; the answer hastens them. */
    Runnable announcePush(String project, Pusher pusher, List<ReceiveCommand> commands) {
        var changes = commands.stream()
                .map(command -> Map.of(
                        "ref", command.getRefName(),
                        "before", command.getOldId().name(),
                        "after", command.getNewId().name(),
                        "forced", command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD))
                .toList();
        return announce(project, pusher, "push", Map.of("changes", changes));
    }

    /** Puts a proposed change into the inbox; the answer hastens it. */
    Runnable announceReview(
            String project, Pusher pusher, ReviewRequests.Proposed proposed, String target, String head) {
        return announce(
                project,
                pusher,
                "review-request",
                Map.of("number", proposed.number(), "opened", proposed.opened(), "target", target, "head", head));
    }

    private Runnable announce(String project, Pusher pusher, String event, Map<String, ?> said) {
        // The same change may be pushed back and forth; its number makes each push one of a kind.
        var id = UUID.randomUUID().toString();
        var body = new LinkedHashMap<String, Object>(said);
        body.put("id", id);
        body.put("repository", project);
        body.put("pusher", pusher.account());
        var incoming = new Incoming(
                project,
                Forge.STEPZERO,
                event,
                Optional.of(id),
                json.writeValueAsBytes(body),
                pusher.actor().address());
        return deliveries.announce(incoming, clock.instant().plus(SOON)) instanceof Stored.New stored
                ? () -> deliveries.hasten(stored.id())
                : () -> {};
    }
}
