package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.phoenix.Rebuild;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who answers for a commit that is built again: whoever let it in before. */
@ExtendWith(TestDatabase.class)
class FormerApprovalsTest {
    @TempDir
    private Path temporary;

    private final Jdbi jdbi;
    private TestRelease release;

    FormerApprovalsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @BeforeEach
    void build() {
        release = TestRelease.of(temporary, UUID.randomUUID().toString());
    }

    @Test
    void theApprovalOfWhatIsReplacedIsCarriedOver() throws Exception {
        record(release.approval("Bob <bob@example.org>"));
        var rebuild = new Rebuild("lock", release.image, List.of(new Rebuild.Fix("CVE-1", "moon", "1.0", "1.1")));

        var former = former("production");
        var carried = Approval.carriedOver(
                "production",
                "Ada <ada@example.org>",
                former,
                rebuild,
                TestRelease.clock().instant());

        assertThat(carried.approver()).isEqualTo("Bob <bob@example.org>");
        assertThat(carried.independent()).isEqualTo("yes");
        assertThat(carried.reason())
                .isEqualTo("shipped it; rebuilt by Stepzero for CVE-1 in moon 1.0, now 1.1; replaces " + release.image);
    }

    @Test
    void anApprovalForElsewhereOrByARevokedKeyCountsForNothing() throws Exception {
        record(release.approval("Bob <bob@example.org>"));

        assertThat(former("staging")).isEmpty();
        release.ring.revoke(release.ring.signing().verification().id(), "stolen");
        assertThat(former("production")).isEmpty();
    }

    @Test
    void whereNobodyApprovedNobodyIsSaidToHave() {
        var rebuild = new Rebuild("lock", Digest.of(new byte[1]), List.of());

        var carried = Approval.carriedOver(
                "production",
                "Ada <ada@example.org>",
                Optional.empty(),
                rebuild,
                TestRelease.clock().instant());

        assertThat(carried.approver()).isEqualTo("Stepzero");
        assertThat(carried.independent()).isEqualTo("unknown");
    }

    private Optional<Approval> former(String environment) throws InterruptedException {
        return new FormerApprovals(new EvidenceLog(jdbi), release.ring).latest(release.image, environment);
    }

    private void record(SignedEvidence evidence) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with run as (
                            insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at)
                            values (:project, 'production', 'process', 'c', 'p', 'succeeded', now(), now()) returning id)
                        insert into evidence (run_id, step, subject, predicate_type, envelope, created_at)
                        select id, 'publish', :subject, :type, cast(:envelope as jsonb), now() from run""")
                .bind("project", UUID.randomUUID().toString())
                .bind("subject", evidence.subject())
                .bind("type", evidence.predicateType())
                .bind("envelope", evidence.envelope())
                .execute());
    }
}
