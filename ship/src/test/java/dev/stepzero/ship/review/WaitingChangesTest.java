package dev.stepzero.ship.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class WaitingChangesTest {
    private final Jdbi jdbi;
    private final Reviews reviews;
    private final WaitingChanges changes;
    private final String project = "waiting" + System.nanoTime();

    WaitingChangesTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.reviews = new Reviews(jdbi, Clock.systemUTC());
        this.changes = new WaitingChanges(jdbi, Clock.systemUTC());
    }

    @Test
    void theLatestCommitOfAPullRequestWaitsUntilItIsShipped() {
        verified(7, "a");
        verified(7, "b");
        verified(8, "c");

        assertThat(changes.page(Optional.of(project), Optional.empty(), 10))
                .extracting(change -> change.verified().run().key().commit())
                .containsExactly("c", "b");

        run("ship", "c", null);

        assertThat(changes.page(Optional.of(project), Optional.empty(), 10))
                .extracting(WaitingChange::number)
                .containsExactly(7L);
    }

    @Test
    void approvalsCountForTheirCommitAndObjectionsUntilTheyAreTakenBack() {
        verified(7, "a");
        said("ada", "a", Opinion.Kind.APPROVED);
        said("ben", "a", Opinion.Kind.CHANGES_REQUESTED);
        verified(7, "b");
        said("eve", "b", Opinion.Kind.APPROVED);

        assertThat(changes.page(Optional.of(project), Optional.empty(), 10))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.approvals()).isEqualTo(1);
                    assertThat(change.objections()).isEqualTo(1);
                });
    }

    private void said(String who, String commit, Opinion.Kind kind) {
        reviews.record(project, OptionalLong.of(7), commit, new Person(who, Set.of()), kind);
    }

    private void verified(long pull, String commit) {
        run("verify", commit, pull);
    }

    private void run(String purpose, String commit, Long pull) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run (project, environment, target, commit_id, pipeline, status, started_at, ended_at,
                                         lane, purpose, pull_request)
                        values (:project, '', 'process', :commit, 'p', 'succeeded', now(), now(), 'lane', :purpose, :pull)""")
                .bind("project", project)
                .bind("commit", commit)
                .bind("purpose", purpose)
                .bind("pull", pull)
                .execute());
    }
}
