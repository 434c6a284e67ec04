package dev.stepzero.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.Attestor;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.deploy.TestSpecification;
import dev.stepzero.ship.evidence.EvidenceLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a release from before images were signed must prove to come back; the rest is AdmissionTest's. */
@ExtendWith(TestDatabase.class)
class EntranceTest {
    private static final String COMMIT = "0f".repeat(20);

    @TempDir
    Path temporary;

    private final List<String> output = new ArrayList<>();
    private final String project = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final Digest image = Digest.of(project.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    private Jdbi jdbi;
    private Home home;
    private EnvironmentSpec spec;

    @BeforeEach
    void open(Jdbi shared) {
        jdbi = shared;
        home = new Home(temporary);
        spec = TestSpecification.of(project, temporary);
    }

    private Deployment deployed(boolean attested) {
        var deployments = new Deployments(jdbi, Clock.systemUTC());
        var release = deployments.release(project, COMMIT, image, run());
        jdbi.useHandle(handle -> handle.execute("update release set attested = ? where id = ?", attested, release));
        deployments.begin(release, spec, "process", Deployments.Kind.SHIP, Optional.empty());
        return deployments.history(project, "production").getFirst();
    }

    private long run() {
        return TestDatabase.run(jdbi, project, COMMIT);
    }

    private void attestFormerly(SigningKey key, String type) {
        var envelope = new Attestor(key).sign(image.toString(), project, type, Map.of("decision", "PASS"));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into evidence (run_id, step, subject, predicate_type, envelope, created_at)
                        values (:run, 'gate', :subject, :type, cast(:envelope as jsonb), now())""")
                .bind("run", run())
                .bind("subject", image.toString())
                .bind("type", type)
                .bind("envelope", envelope)
                .execute());
    }

    private void admit(Deployment wanted) throws InterruptedException {
        var clock = Clock.systemUTC();
        new Entrance(home, new EvidenceLog(jdbi), new KeyRings(home.keys(), clock), clock)
                .admit(wanted, spec, output::add);
    }

    @Test
    void aReleaseOfBeforeComesBackIfItsProvenanceAndItsVerdictVerify() throws Exception {
        var key = SigningKey.in(home.keys());
        attestFormerly(key, PredicateType.PROVENANCE);
        attestFormerly(key, PredicateType.FORMER_VERDICT);

        admit(deployed(false));

        assertThat(output).singleElement().asString().contains("released before images were signed");
    }

    @Test
    void aReleaseOfBeforeWithoutAVerdictIsRefusedWithWhatToDo() {
        attestFormerly(SigningKey.in(home.keys()), PredicateType.PROVENANCE);

        assertRefused(deployed(false), "its verdict cannot be verified");
    }

    @Test
    void aReleaseOfBeforeThatAnotherKeySignedIsRefused() {
        SigningKey.in(home.keys());
        var stranger = SigningKey.in(temporary.resolve("stranger"));
        attestFormerly(stranger, PredicateType.PROVENANCE);
        attestFormerly(stranger, PredicateType.FORMER_VERDICT);

        assertRefused(deployed(false), "its provenance cannot be verified");
    }

    @Test
    void aReleaseOfBeforeWhoseKeyWasRevokedIsRefused() throws Exception {
        var key = SigningKey.in(home.keys());
        attestFormerly(key, PredicateType.PROVENANCE);
        attestFormerly(key, PredicateType.FORMER_VERDICT);
        new KeyRings(home.keys(), Clock.systemUTC())
                .installation()
                .revoke(key.verification().id(), "stolen");

        assertRefused(deployed(false), "its provenance cannot be verified");
    }

    @Test
    void aReleaseOfTodayDoesNotComeThroughTheDoorOfYesterday() {
        var key = SigningKey.in(home.keys());
        attestFormerly(key, PredicateType.PROVENANCE);
        attestFormerly(key, PredicateType.FORMER_VERDICT);

        assertRefused(deployed(true), "lacks the gate's verdict");
    }

    private void assertRefused(Deployment wanted, String why) {
        assertThatThrownBy(() -> admit(wanted))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.status()).isEqualTo(ExitStatus.BLOCKED);
                    assertThat(error.fix())
                            .hasValueSatisfying(fix -> assertThat(fix).contains("stepzero ship --commit"));
                })
                .hasMessageContaining(why);
    }
}
