package dev.stepzero.ship.evidence;

import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.SignedEvidence;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was attested about an image, to look at and to take along. Nothing here is verified.
 *
 * @param list the newest first
 */
public record Statements(List<SignedEvidence> list) {
    private static final JsonMapper JSON = new JsonMapper();

    public Statements {
        list = List.copyOf(list);
    }

    /** The envelopes, one a line. */
    public byte[] lines() {
        return list.stream()
                .map(SignedEvidence::envelope)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The newest bill of materials, as a CycloneDX document. */
    public Optional<byte[]> sbom() {
        return list.stream()
                .filter(each -> each.predicateType().equals(PredicateType.SBOM))
                .findFirst()
                .map(each -> JSON.readTree(each.envelope()).path("payload").asString(""))
                .map(payload -> JSON.readTree(Base64.getDecoder().decode(payload)))
                .map(statement -> JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(statement.path("predicate")));
    }
}
