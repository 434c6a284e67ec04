package dev.stepzero.ship.review;

import dev.stepzero.core.UserError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The tables {@code review} and {@code bypass}. Who may give an opinion or bypass one is decided by who calls this. */
public final class Reviews {
    private static final int SHORTEST_REASON = 10;

    private final Jdbi jdbi;
    private final Clock clock;

    public Reviews(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Records what somebody said.
     *
     * @param pullRequest where they said it, if it was there
     * @param commit what they looked at; empty if nobody knows, and then an approval counts for nothing
     */
    public void record(String project, OptionalLong pullRequest, String commit, Person reviewer, Opinion.Kind kind) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into review (project, pull_request, commit_id, reviewer, addresses, aliases, opinion,
                                            given_at)
                        values (:project, :pull, :commit, :reviewer, :addresses, :aliases, :opinion, :now)""")
                .bind("project", project)
                .bind("pull", pullRequest.isPresent() ? pullRequest.getAsLong() : null)
                .bind("commit", commit)
                .bind("reviewer", reviewer.account())
                .bindArray("addresses", String.class, List.copyOf(reviewer.addresses()))
                .bindArray("aliases", String.class, List.copyOf(reviewer.aliases()))
                .bind("opinion", kind.name().toLowerCase(Locale.ROOT))
                .bind("now", clock.instant())
                .execute());
    }

    /** What was said about a commit, and about the pull request that it belongs to, oldest first. */
    public List<Opinion> opinions(String project, OptionalLong pullRequest, String commit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from review
                        where project = :project and (commit_id = :commit or pull_request = :pull) order by id""")
                .bind("project", project)
                .bind("commit", commit)
                .bind("pull", pullRequest.isPresent() ? pullRequest.getAsLong() : null)
                .map((row, context) -> new Opinion(
                        new Person(row.getString("reviewer"), texts(row, "addresses"), texts(row, "aliases")),
                        row.getString("commit_id"),
                        Opinion.Kind.valueOf(row.getString("opinion").toUpperCase(Locale.ROOT)),
                        row.getTimestamp("given_at").toInstant()))
                .list());
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }

    /** The commits that were approved last, newest first: one of them is what a merge has brought in. */
    public List<String> approvedCommits(String project, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select commit_id from review
                        where project = :project and opinion = 'approved' and commit_id <> ''
                        group by commit_id order by max(id) desc limit :most""")
                .bind("project", project)
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    /**
     * Lets a commit through without a review.
     *
     * @param role the role that allows it
     * @throws UserError if no reason is given, or somebody did so before
     */
    public Bypass bypass(String project, String commit, String principal, String role, String reason) {
        if (reason.strip().length() < SHORTEST_REASON) {
            throw UserError.usage("a bypass needs a reason that others can judge")
                    .fix("write what happens if the commit waits for a review");
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into bypass (project, commit_id, principal, role, reason, given_at)
                        values (:project, :commit, :principal, :role, :reason, :now)
                        on conflict do nothing returning *""")
                .bind("project", project)
                .bind("commit", commit)
                .bind("principal", principal)
                .bind("role", role)
                .bind("reason", reason.strip().replace('\0', '\uFFFD'))
                .bind("now", clock.instant())
                .map((row, context) -> bypass(row))
                .findOne()
                .orElseThrow(() -> UserError.blocked("commit %.12s has a bypass already".formatted(commit))));
    }

    /** The bypass of a commit. */
    public Optional<Bypass> bypass(String project, String commit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from bypass where project = :project and commit_id = :commit")
                        .bind("project", project)
                        .bind("commit", commit)
                        .map((row, context) -> bypass(row))
                        .findOne());
    }

    /** Bypasses that nobody has looked at yet, of all projects, oldest first. */
    public List<Bypass> openBypasses() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from bypass where reviewed_by is null order by given_at, id")
                        .map((row, context) -> bypass(row))
                        .list());
    }

    /**
     * A page of the same, by number.
     *
     * @param project the only one that is wanted
     * @param after the number behind which the page begins; 0 for the first one
     */
    public List<Bypass> openBypasses(Optional<String> project, long after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from bypass
                        where reviewed_by is null and id > :after
                          and (cast(:project as text) is null or project = :project)
                        order by id limit :most""")
                .bind("project", project)
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> bypass(row))
                .list());
    }

    /**
     * Records that somebody looked at a bypass afterwards.
     *
     * @param note what they found
     * @throws UserError if there is none that is open, or they made it themselves
     */
    public void reviewed(long bypass, String principal, String note) {
        var changed = jdbi.withHandle(handle -> handle.createUpdate("""
                        update bypass set reviewed_by = :principal, reviewed_at = :now, note = :note
                        where id = :id and reviewed_by is null and principal <> :principal""")
                .bind("principal", principal)
                .bind("now", clock.instant())
                .bind("note", note.replace('\0', '\uFFFD'))
                .bind("id", bypass)
                .execute());
        if (changed == 0) {
            throw UserError.blocked("bypass %d is not open, or was made by %s".formatted(bypass, principal))
                    .fix("let somebody else look at it");
        }
    }

    private static Bypass bypass(ResultSet row) throws SQLException {
        var reviewer = row.getString("reviewed_by");
        return new Bypass(
                row.getLong("id"),
                row.getString("project"),
                row.getString("commit_id"),
                row.getString("principal"),
                row.getString("role"),
                row.getString("reason"),
                row.getTimestamp("given_at").toInstant(),
                reviewer == null
                        ? Optional.empty()
                        : Optional.of(new Bypass.Afterwards(
                                reviewer, row.getTimestamp("reviewed_at").toInstant(), row.getString("note"))));
    }
}
