package dev.stepzero.scan.vulnerabilities.vex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.vex.Statement.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Statements that are written are the ones that are read. */
class DraftTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final PackageUrl THING = PackageUrl.parse("pkg:npm/thing@1.0.0");

    private static Draft draft(String id) {
        return new Draft(id, List.of("GHSA-x"), THING, Status.NOT_AFFECTED, "vulnerable_code_not_present", "");
    }

    private static Statements read(String document) throws MalformedVex {
        var read = new VexReader().read("a.json", document.getBytes(StandardCharsets.UTF_8));
        assertThat(read.refused()).isEmpty();
        return new Statements(read.statements());
    }

    @Test
    void aDraftIsReadBack() throws MalformedVex {
        var document = draft("CVE-1").document("somebody", NOW, Optional.empty());

        assertThat(read(document).about(Set.of("GHSA-x"), THING))
                .hasValueSatisfying(each -> assertThat(each.status()).isEqualTo(Status.NOT_AFFECTED));
        assertThat(document).contains("\"author\" : \"somebody\"", "\"version\" : 1");
    }

    @Test
    void anotherDraftJoinsTheDocument() throws MalformedVex {
        var first = draft("CVE-1").document("somebody", NOW, Optional.empty());

        var both = draft("CVE-2").document("somebody", NOW.plusSeconds(60), Optional.of(first));

        assertThat(read(both).all()).hasSize(2);
        assertThat(both).contains("\"version\" : 2", "\"last_updated\" : \"2026-11-21T12:01:00Z\"");
    }

    @Test
    void whatOpenVexDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> new Draft("CVE-1", List.of(), THING, Status.NOT_AFFECTED, "", ""))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("must say why");
        assertThatThrownBy(() -> new Draft("CVE-1", List.of(), THING, Status.NOT_AFFECTED, "because", ""))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> draft("CVE-1").document("a", NOW, Optional.of("{\"bomFormat\": \"CycloneDX\"}")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no OpenVEX");
    }
}
