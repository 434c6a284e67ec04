package dev.stepzero.ship.forge.own;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table {@code review_request}: changes that are proposed to repositories of our own. */
public final class ReviewRequests {
    private static final int LARGEST_PAGE = 200;

    private final Jdbi jdbi;
    private final Clock clock;

    public ReviewRequests(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a push became. */
    record Proposed(long number, boolean opened) {}

    /**
     * A page of those of a project, the newest first.
     *
     * @param before the number before which the page begins; empty for the first one
     * @param most how many, at most 200
     */
    public List<ReviewRequest> page(String project, boolean onlyOpen, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from review_request
                        where project = :project and number < :before and (state = 'open' or not :open)
                        order by number desc limit :most""")
                .bind("project", project)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("open", onlyOpen)
                .bind("most", Math.clamp(most, 1, LARGEST_PAGE))
                .map((row, context) -> request(row))
                .list());
    }

    public Optional<ReviewRequest> find(String project, long number) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from review_request where project = :project and number = :number")
                .bind("project", project)
                .bind("number", number)
                .map((row, context) -> request(row))
                .findOne());
    }

    /**
     * Ends one.
     *
     * @param merged the commit by which it came in; empty: it is closed
     * @return false if it is over, or has another head by now
     */
    boolean end(ReviewRequest request, String who, Optional<String> merged) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                update review_request
                                set state = :state, ended_at = :now, ended_by = :who, merged = :merged
                                where project = :project and number = :number and head = :head and state = 'open'""")
                        .bind("state", merged.isPresent() ? "merged" : "closed")
                        .bind("now", clock.instant())
                        .bind("who", who)
                        .bind("merged", merged)
                        .bind("project", request.project())
                        .bind("number", request.number())
                        .bind("head", request.head())
                        .execute())
                == 1;
    }

    private static ReviewRequest request(ResultSet row) throws SQLException {
        var by = row.getString("ended_by");
        return new ReviewRequest(
                row.getString("project"),
                row.getLong("number"),
                row.getString("target"),
                row.getString("head"),
                row.getString("title"),
                row.getString("author"),
                ReviewRequest.State.parse(row.getString("state")),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("moved_at").toInstant(),
                by == null
                        ? Optional.empty()
                        : Optional.of(new ReviewRequest.End(
                                by,
                                row.getTimestamp("ended_at").toInstant(),
                                Optional.ofNullable(row.getString("merged")))));
    }

    /**
     * Moves the author's open request whose commit the new one is built on, or opens another.
     *
     * @param contains whether a commit is in the history of what is proposed now
     */
    Proposed propose(
            String project, String target, String head, String title, String author, Predicate<String> contains) {
        return jdbi.inTransaction(handle -> {
            // Whoever proposes to a project meanwhile waits, so that numbers are given once.
            handle.createQuery("select 1 from project where name = :project for update")
                    .bind("project", project)
                    .mapTo(Integer.class)
                    .one();
            var moved = openOf(handle, project, target, author).stream()
                    .filter(request -> contains.test(request.head()))
                    .findFirst();
            if (moved.isPresent()) {
                handle.createUpdate("""
                                update review_request set head = :head, title = :title, moved_at = :now
                                where project = :project and number = :number""")
                        .bind("head", head)
                        .bind("title", title)
                        .bind("now", clock.instant())
                        .bind("project", project)
                        .bind("number", moved.get().number())
                        .execute();
                return new Proposed(moved.get().number(), false);
            }
            var number = handle.createQuery("""
                            insert into review_request (project, number, target, head, title, author, state, opened_at, moved_at)
                            select :project, coalesce(max(number), 0) + 1, :target, :head, :title, :author, 'open', cast(:now as timestamptz), cast(:now as timestamptz)
                            from review_request where project = :project returning number""")
                    .bind("project", project)
                    .bind("target", target)
                    .bind("head", head)
                    .bind("title", title)
                    .bind("author", author)
                    .bind("now", clock.instant())
                    .mapTo(Long.class)
                    .one();
            return new Proposed(number, true);
        });
    }

    private record Known(long number, String head) {}

    private static List<Known> openOf(Handle handle, String project, String target, String author) {
        return handle.createQuery("""
                        select number, head from review_request
                        where project = :project and target = :target and author = :author and state = 'open'
                        order by number desc limit 100""")
                .bind("project", project)
                .bind("target", target)
                .bind("author", author)
                .map((row, context) -> new Known(row.getLong("number"), row.getString("head")))
                .list();
    }
}
