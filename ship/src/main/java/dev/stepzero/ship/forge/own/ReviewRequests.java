package dev.stepzero.ship.forge.own;

import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The table {@code review_request}: changes that are proposed to repositories of our own. */
public final class ReviewRequests {
    private final Jdbi jdbi;
    private final Clock clock;

    public ReviewRequests(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A proposed change. */
    public record ReviewRequest(long number, String target, String head, String title, String author, String state) {}

    /** What a push became. */
    record Proposed(long number, boolean opened) {}

    /** Those that are open, the newest first. */
    public List<ReviewRequest> open(String project, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select number, target, head, title, author, state from review_request
                        where project = :project and state = 'open' order by number desc limit :most""")
                .bind("project", project)
                .bind("most", most)
                .map((row, context) -> new ReviewRequest(
                        row.getLong("number"),
                        row.getString("target"),
                        row.getString("head"),
                        row.getString("title"),
                        row.getString("author"),
                        row.getString("state")))
                .list());
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
