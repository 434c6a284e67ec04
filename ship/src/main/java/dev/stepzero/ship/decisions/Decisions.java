package dev.stepzero.ship.decisions;

import dev.stepzero.core.Finding;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict;
import dev.stepzero.core.Waiver;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.Ledger;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The ledger as the pipeline writes it, in the name of whoever started the command.
 *
 * @param actor who acts
 */
public record Decisions(Ledger ledger, Actor actor, Clock clock) {
    private static final int MOST = 20;

    /** The environment of an application, towards which something is decided. */
    public record Place(String project, String environment) {
        Thing thing(String type, String id) {
            return new Thing(type, id, project, environment);
        }
    }

    /**
     * What the gate answered about an image.
     *
     * @param used the waivers by which findings were accepted
     */
    public void judged(Place place, String image, String commit, Verdict verdict, Map<Waiver, List<Finding>> used) {
        var blocked = verdict.decision() == Verdict.Decision.BLOCK;
        write(
                "gate.judge",
                place.thing("image", image),
                blocked ? Outcome.DENIED : Outcome.ALLOWED,
                String.join("; ", verdict.reasons()),
                Map.of(
                        "commit", commit,
                        "decision", verdict.decision(),
                        "open", verdict.open().size(),
                        "waived", verdict.waived().size()));
        used.forEach((waiver, findings) -> write(
                "waiver.use",
                place.thing("waiver", waiver.rule() + " " + waiver.resource()),
                Outcome.ALLOWED,
                waiver.reason(),
                Map.of(
                        "commit", commit,
                        "count", findings.size(),
                        "findings",
                                findings.stream()
                                        .limit(MOST)
                                        .map(Decisions::named)
                                        .toList(),
                        "owner", waiver.owner(),
                        "until", waiver.until().toString())));
    }

    private static String named(Finding finding) {
        return finding.rule() + " " + finding.location().resource();
    }

    /** A release was let in. */
    public void admitted(Place place, String image, String commit) {
        write("release.admit", place.thing("image", image), Outcome.ALLOWED, "", Map.of("commit", commit));
    }

    /** A release was not let in. */
    public void refused(Place place, String image, String commit, UserError why) {
        write("release.admit", place.thing("image", image), Outcome.DENIED, why.what(), Map.of("commit", commit));
    }

    /** Somebody asked for an earlier release; whether it serves, the deployment's own entry says. */
    public void askedForRollback(Place place, String image, String commit, String from, String reason) {
        write(
                "environment.rollback",
                place.thing("image", image),
                Outcome.ALLOWED,
                reason,
                Map.of("commit", commit, "from", from));
    }

    /** An environment was taken away. */
    public void removed(Place place, boolean withData) {
        write(
                "environment.remove",
                place.thing("environment", place.environment()),
                Outcome.SUCCEEDED,
                "",
                Map.of("data", withData));
    }

    /** A key was made because there was none. */
    public void keyMade(Place place, String id) {
        write("key.create", place.thing("key", id), Outcome.SUCCEEDED, "", Map.of());
    }

    /** What becomes of a deployment, in the transaction that makes it so. */
    public void deployment(Handle transaction, String action, long deployment, Outcome outcome, String reason) {
        transaction
                .createQuery("""
                        select d.environment, d.kind, d.target, r.project, r.commit_id, r.image
                        from deployment d join release r on r.id = d.release_id where d.id = :id""")
                .bind("id", deployment)
                .map((row, _) -> entry(
                        action,
                        new Thing(
                                "deployment",
                                Long.toString(deployment),
                                row.getString("project"),
                                row.getString("environment")),
                        outcome,
                        reason,
                        Map.of(
                                "commit", row.getString("commit_id"),
                                "image", row.getString("image"),
                                "kind", row.getString("kind"),
                                "target", row.getString("target"))))
                .forEach(entry -> ledger.append(transaction, entry));
    }

    private void write(String action, Thing thing, Outcome outcome, String reason, Map<String, ?> details) {
        ledger.append(entry(action, thing, outcome, reason, details));
    }

    private Entry entry(String action, Thing thing, Outcome outcome, String reason, Map<String, ?> details) {
        return new Entry(actor, action, thing, clock.instant(), outcome, reason, Details.of(details));
    }
}
