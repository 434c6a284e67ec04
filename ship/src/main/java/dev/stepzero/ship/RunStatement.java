package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.evidence.Statement;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.ship.evidence.EvidenceLog.Said;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a step of a run attested.
 *
 * @param step the step
 * @param kind the word for the predicate type, such as {@code test-result}
 * @param result what it says in a few words, such as {@code FAILED}; empty where the kind says it all
 * @param subject what it is about
 * @param signer the id of the trusted key that signed it; empty if it does not verify
 * @param envelope the DSSE envelope in one line of JSON
 */
public record RunStatement(
        String step, String kind, String result, String subject, Optional<String> signer, String envelope) {

    static RunStatement of(Said said, Verifier verifier) {
        var evidence = said.evidence();
        var kind = PredicateType.shortName(evidence.predicateType());
        try {
            var verified = verifier.evidence(evidence.envelope());
            var signer = Optional.of(verified.signer().id());
            return new RunStatement(
                    said.step(), kind, result(verified.statement()), evidence.subject(), signer, evidence.envelope());
        } catch (UserError e) {
            return new RunStatement(said.step(), kind, "", evidence.subject(), Optional.empty(), evidence.envelope());
        }
    }

    private static String result(Statement statement) {
        var predicate = statement.predicate();
        return switch (statement.predicateType()) {
            case PredicateType.TEST_RESULT, PredicateType.DEPLOYMENT -> text(predicate, "result");
            case PredicateType.VERDICT -> text(predicate, "verificationResult");
            case PredicateType.SCAN -> text(predicate, "failure").isEmpty() ? counted(predicate) : "not finished";
            default -> "";
        };
    }

    private static String counted(JsonNode scan) {
        var found = scan.path("counts").properties().stream()
                .filter(each -> each.getValue().asInt(0) > 0)
                .map(each -> each.getValue().asInt() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "no finding" : found;
    }

    private static String text(JsonNode predicate, String name) {
        return predicate.path(name).asString("");
    }
}
