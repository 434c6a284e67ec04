package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.evidence.Statement;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.ship.evidence.EvidenceLog;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who approved releases of before.
 *
 * @param keys those of the environment, of which one must have signed the approval and be good for its time
 */
record FormerApprovals(EvidenceLog evidence, KeyRing keys) {

    /** The latest approval of an image for an environment that verifies. */
    Optional<Approval> latest(Digest image, String environment) throws InterruptedException {
        var trusted = keys.keys();
        return evidence.about(image).stream()
                .filter(each -> each.predicateType().equals(PredicateType.APPROVAL))
                .flatMap(each -> trusted.stream().flatMap(key -> approval(each.envelope(), key, image).stream()))
                .filter(each -> each.environment().equals(environment))
                .findFirst();
    }

    private static Optional<Approval> approval(String envelope, TrustedKey key, Digest image) {
        try {
            var statement = new Verifier(List.of(key.key())).verify(envelope);
            var approval = read(statement);
            return statement.predicateType().equals(PredicateType.APPROVAL)
                            && statement.isAbout(image.toString())
                            && key.refusal(Instant.parse(approval.decidedOn())).isEmpty()
                    ? Optional.of(approval)
                    : Optional.empty();
        } catch (UserError | DateTimeException e) {
            // Signed by another key or damaged: another one may hold.
            return Optional.empty();
        }
    }

    private static Approval read(Statement statement) {
        var predicate = statement.predicate();
        return new Approval(
                predicate.path("environment").stringValue(""),
                predicate.path("requester").stringValue(""),
                predicate.path("approver").stringValue(""),
                predicate.path("account").stringValue(""),
                predicate.path("decidedOn").stringValue(""),
                predicate.path("reason").stringValue(""),
                predicate.path("independent").stringValue(""));
    }
}
