package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.RefChange;
import dev.stepzero.ship.git.Mirror;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/**
 * The safety net under deliveries: GitHub never repeats one, GitLab pauses hooks that failed, and Bitbucket drops large
 * ones, so that now and then somebody has to look. The table {@code seen_ref} holds what was seen last.
 */
public final class SeenRefs {
    private final Jdbi jdbi;
    private final Clock clock;

    public SeenRefs(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Looks at the repository and handles what has changed since the last look as if it had been delivered. The first
     * look at a project only remembers. What could not be handled is noticed again by the next look.
     *
     * @return what the changes led to; empty if nothing that concerns us has changed
     * @throws dev.stepzero.core.UserError if the repository does not answer
     */
    public Optional<Answer> look(ForgeProject project, Mirror mirror, Triggers triggers) throws InterruptedException {
        var now = concerning(project, mirror.refs());
        var before = known(project.name());
        var changes = changes(before, now);
        var answer = before.isEmpty() || changes.isEmpty()
                ? Optional.<Answer>empty()
                : Optional.of(triggers.handle(
                        project, mirror, new ForgeEvent.Push(project.repository(), changes, "", Set.of(), false)));
        remember(project.name(), now);
        return answer;
    }

    private static Map<String, String> concerning(ForgeProject project, Map<String, String> refs) {
        var concerning = new TreeMap<String, String>();
        refs.forEach((ref, commit) -> {
            var change = new RefChange(ref, commit, commit, false);
            if (ref.equals(project.mainRef())
                    || (change.isBranch() && project.checkedBranches())
                    || (change.isTag() && project.ships(ref))) {
                concerning.put(ref, commit);
            }
        });
        return concerning;
    }

    private static List<RefChange> changes(Map<String, String> before, Map<String, String> now) {
        var changes = new ArrayList<RefChange>();
        now.forEach((ref, commit) -> {
            var old = before.getOrDefault(ref, "0".repeat(commit.length()));
            if (!old.equals(commit)) {
                changes.add(new RefChange(ref, old, commit, false));
            }
        });
        before.forEach((ref, commit) -> {
            if (!now.containsKey(ref)) {
                changes.add(new RefChange(ref, commit, "0".repeat(commit.length()), false));
            }
        });
        return changes;
    }

    private Map<String, String> known(String project) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select ref, commit_id from seen_ref where project = :project")
                .bind("project", project)
                .reduceRows(new TreeMap<String, String>(), (all, row) -> {
                    all.put(row.getColumn("ref", String.class), row.getColumn("commit_id", String.class));
                    return all;
                }));
    }

    private void remember(String project, Map<String, String> refs) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("delete from seen_ref where project = :project and not ref = any(:refs)")
                    .bind("project", project)
                    .bindArray("refs", String.class, List.copyOf(refs.keySet()))
                    .execute();
            var batch = handle.prepareBatch("""
                    insert into seen_ref (project, ref, commit_id, seen_at) values (?, ?, ?, ?)
                    on conflict (project, ref) do update set commit_id = excluded.commit_id, seen_at = excluded.seen_at""");
            refs.forEach((ref, commit) -> batch.add(project, ref, commit, clock.instant()));
            if (batch.size() > 0) {
                batch.execute();
            }
        });
    }
}
