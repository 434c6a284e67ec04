package dev.stepzero.ship.phoenix;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.git.SourceRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The table {@code clone}: the directories that projects were shipped from. */
public final class Clones {
    /** A build server may check each commit out into a directory of its own. */
    private static final int MOST = 20;

    private final Jdbi jdbi;
    private final Clock clock;

    public Clones(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Remembers that a project is shipped from a directory. */
    public void used(String project, Path directory) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into clone (project, directory, used_at) values (:project, :directory, :now)
                            on conflict (project, directory) do update set used_at = excluded.used_at""")
                    .bind("project", project)
                    .bind("directory", directory.toString())
                    .bind("now", clock.instant())
                    .execute();
            handle.createUpdate("""
                            delete from clone where project = :project and directory not in (
                                select directory from clone where project = :project
                                order by used_at desc limit :most)""").bind("project", project).bind("most", MOST).execute();
        });
    }

    /** The latest of them that has a commit still; empty if none has. */
    public Optional<Path> with(String project, String commit) {
        return directories(project).stream()
                .filter(directory -> has(directory, commit))
                .findFirst();
    }

    private List<Path> directories(String project) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select directory from clone where project = :project order by used_at desc")
                .bind("project", project)
                .map((row, context) -> Path.of(row.getString("directory")))
                .list());
    }

    private static boolean has(Path directory, String commit) {
        try (var repository = SourceRepository.around(directory)) {
            return repository.commit(commit).id().equals(commit);
        } catch (UserError e) {
            // It was moved or thinned out since: another one may still have it.
            return false;
        }
    }
}
