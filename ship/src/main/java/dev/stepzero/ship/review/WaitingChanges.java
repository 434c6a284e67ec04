package dev.stepzero.ship.review;

import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.engine.RunSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads which changes wait for somebody to look at them. */
public final class WaitingChanges {
    /** What nobody touched for longer is forgotten, and comes back with its next commit. */
    private static final Duration LONGEST = Duration.ofDays(60);

    private static final int LARGEST_PAGE = 200;

    private final Jdbi jdbi;
    private final Clock clock;

    public WaitingChanges(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * A page of them, the one that was verified last first.
     *
     * @param project empty: of all
     * @param before the number of the verifying run before which the page begins; empty for the first one
     * @param most how many, at most 200
     */
    public List<WaitingChange> page(Optional<String> project, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with latest as (
                            select * from run
                            where pull_request is not null and purpose = 'verify' and started_at > :since
                              and id < :before and (cast(:project as text) is null or project = :project)
                              and not exists (select from run newer where newer.project = run.project
                                              and newer.pull_request = run.pull_request and newer.id > run.id)
                              and not exists (select from run shipped where shipped.project = run.project
                                              and shipped.purpose = 'ship' and shipped.commit_id = run.commit_id)
                              and not exists (select from review_request request where request.project = run.project
                                              and request.number = run.pull_request and request.state <> 'open')
                            order by id desc limit :most
                        )
                        select latest.*, said.approvals, said.objections from latest, lateral (
                            select count(*) filter (where opinion = 'approved' and commit_id = latest.commit_id) as approvals,
                                   count(*) filter (where opinion = 'changes_requested') as objections
                            from (select distinct on (reviewer) * from review
                                  where review.project = latest.project
                                    and (review.pull_request = latest.pull_request
                                         or review.commit_id = latest.commit_id)
                                  order by reviewer, id desc) last_said
                        ) said
                        order by latest.id desc""")
                .bind("project", project)
                .bind("since", clock.instant().minus(LONGEST))
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", Math.clamp(most, 1, LARGEST_PAGE))
                .map((row, context) -> new WaitingChange(
                        row.getLong("pull_request"),
                        RunJournal.summary(row),
                        row.getInt("approvals"),
                        row.getInt("objections")))
                .list());
    }

    /** The last verification of a change's commit, whoever asked for it. */
    public Optional<RunSummary> verification(String project, long number, String commit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from run
                        where project = :project and pull_request = :number and commit_id = :commit
                          and purpose = 'verify' order by id desc limit 1""")
                .bind("project", project)
                .bind("number", number)
                .bind("commit", commit)
                .map((row, context) -> RunJournal.summary(row))
                .findOne());
    }
}
