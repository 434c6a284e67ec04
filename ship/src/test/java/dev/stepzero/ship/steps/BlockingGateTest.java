package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.govern.gate.Gate;
import dev.stepzero.govern.gate.GatePolicy;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.decisions.KeptLedger;
import dev.stepzero.ship.evidence.Admission;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import dev.stepzero.ship.evidence.Dossier;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.PendingStatements;
import dev.stepzero.ship.publish.ImagePlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class BlockingGateTest {
    private static final Finding OPEN = new Finding(
            "root-user",
            List.of(),
            "The image runs as root",
            Severity.CRITICAL,
            Location.of("image"),
            "no user is set",
            "name a user",
            List.of(),
            List.of(),
            Set.of(),
            List.of(),
            "f1");

    @TempDir
    Path temporary;

    private final KeptLedger ledger = new KeptLedger();
    private TestRelease release;
    private GateStep gate;
    private TestContext context;

    @BeforeEach
    void find(Jdbi jdbi) throws Exception {
        release = TestRelease.of(temporary, "" + System.nanoTime());
        var statements = new StatementPublisher(
                release.layout.directory(),
                new ImagePlaces(jdbi),
                new PendingStatements(jdbi, TestRelease.clock()),
                release.ring,
                Map.of());
        gate = new GateStep(
                new Gate(GatePolicy.of(Severity.HIGH, Severity.LOW), TestRelease.clock()),
                Map.of("failOn", "HIGH"),
                List.of(),
                List.of(),
                Set.of(),
                new EvidenceLog(jdbi),
                statements,
                ledger.decisions(TestRelease.clock()),
                TestRelease.clock());
        context = new TestContext(TestDatabase.run(jdbi, "invoicer", TestRelease.COMMIT), release.key())
                .with(Handover.IMAGE, new Handover.ImageFacts("" + release.image, 1, true))
                .with(Handover.IMAGE_FINDINGS, new Handover.Analysis(List.of("image"), List.of(OPEN)));
    }

    @Test
    void aVerdictThatBlocksIsAttestedWithTheFindings() {
        assertThatThrownBy(() -> gate.run(context)).isInstanceOf(UserError.class);

        var verdict = context.statement();
        assertThat(verdict.predicateType()).isEqualTo(PredicateType.VERDICT);
        assertThat(verdict.isAbout("" + release.image)).isTrue();
        assertThat(verdict.predicate().path("verificationResult").asString()).isEqualTo("FAILED");
        assertThat(verdict.predicate().at("/stepzero_verdict/open/0/rule").asString())
                .isEqualTo("root-user");
    }

    @Test
    void itStandsInTheLedgerAsADenial() {
        assertThatThrownBy(() -> gate.run(context)).isInstanceOf(UserError.class);

        assertThat(ledger.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("gate.judge");
            assertThat(entry.outcome()).isEqualTo(Outcome.DENIED);
        });
    }

    @Test
    void itLiesBesideTheImageWhichIsNotSignedForThat() {
        assertThatThrownBy(() -> gate.run(context)).isInstanceOf(UserError.class);

        var dossier = dossier();
        assertThat(dossier.signatures()).isEmpty();
        assertThat(new Verifier(List.of(key()))
                        .verify(dossier.envelopes().getFirst())
                        .predicateType())
                .isEqualTo(PredicateType.VERDICT);
        assertThat(context.warnings).isEmpty();
    }

    @Test
    void anImageThatWasAdmittedBeforeIsNotAnyMore() throws Exception {
        release.time = TestRelease.NOW.minusSeconds(1);
        release.published(release.complete());
        var admission = new Admission(AdmissionPolicy.USUAL, release.ring.keys(), TestRelease.clock());
        assertThat(admission.admit(dossier()).commit()).isEqualTo(TestRelease.COMMIT);

        assertThatThrownBy(() -> gate.run(context)).isInstanceOf(UserError.class);

        assertThatThrownBy(() -> admission.admit(dossier()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the gate did not let it pass");
    }

    @Test
    void aVerdictThatPassesIsLeftToWhoeverPublishesIt() throws Exception {
        context.with(Handover.IMAGE_FINDINGS, new Handover.Analysis(List.of("image"), new ArrayList<>()));

        gate.run(context);

        assertThat(context.statement().predicate().path("verificationResult").asString())
                .isEqualTo("PASSED");
        assertThat(dossier().envelopes()).isEmpty();
    }

    private Dossier dossier() {
        try {
            return release.dossier();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private VerificationKey key() {
        try {
            return release.key().verification();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
