package dev.stepzero.ship.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.SignedEvidence;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    void theNewestBillOfMaterialsIsTakenOutOfItsEnvelope() {
        var statements = new Statements(List.of(
                evidence(PredicateType.SCAN, "{\"findings\":[]}"),
                evidence(PredicateType.SBOM, "{\"bomFormat\":\"CycloneDX\",\"version\":2}"),
                evidence(PredicateType.SBOM, "{\"bomFormat\":\"CycloneDX\",\"version\":1}")));

        assertThat(statements.sbom().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .hasValueSatisfying(text -> assertThat(text.replaceAll("\\s", ""))
                        .isEqualTo("{\"bomFormat\":\"CycloneDX\",\"version\":2}"));
    }

    @Test
    void envelopesStandOneALine() {
        var statements = new Statements(List.of(evidence("a", "{}"), evidence("b", "{}")));

        assertThat(new String(statements.lines(), StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"payload\""));
        assertThat(statements.sbom()).isEmpty();
    }

    private static SignedEvidence evidence(String type, String predicate) {
        var statement = "{\"predicateType\":\"%s\",\"predicate\":%s}".formatted(type, predicate);
        var payload = Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8));
        return new SignedEvidence("sha256:0", type, "{\"payload\":\"%s\"}".formatted(payload));
    }
}
