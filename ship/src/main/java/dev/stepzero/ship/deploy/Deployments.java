package dev.stepzero.ship.deploy;

import dev.stepzero.core.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code release} and {@code deployment}: what was let through, and where it ran when. */
public final class Deployments {
    private static final String SELECT = """
            select d.*, r.project, r.commit_id, r.image, r.attested from deployment d join release r on r.id = d.release_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Chronicle chronicle;
    private final JsonMapper json = new JsonMapper();

    /** The tables, of which nobody writes down what becomes of them: to look at, or to test. */
    public Deployments(Jdbi jdbi, Clock clock) {
        this(jdbi, clock, (transaction, deployment, change, reason) -> {});
    }

    /**
     * The tables.
     *
     * @param chronicle is told of each change in its own transaction
     */
    public Deployments(Jdbi jdbi, Clock clock, Chronicle chronicle) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.chronicle = chronicle;
    }

    /** What can become of a deployment. */
    public enum Change {
        STARTS,
        SERVES,
        FAILED,
        REMOVED
    }

    /** Writes down what becomes of deployments. */
    public interface Chronicle {
        void tell(Handle transaction, long deployment, Change change, String reason);
    }

    /** Why a deployment was made. */
    public enum Kind {
        SHIP,
        ROLLBACK,
        /** The commit that served before, built again on a newer base. */
        PHOENIX;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * What makes a deployment.
     *
     * @param why what a phoenix mends, or the reason that a person gave; may be empty
     */
    public record Cause(Kind kind, String why) {}

    /**
     * A release in an environment.
     *
     * @param attested whether the release was published with its signature and evidence, as all are now
     * @param why what a phoenix mends, or the reason that a person gave; may be empty
     * @param status {@code starting}, {@code serving}, {@code failed}, {@code replaced} or {@code removed}
     */
    public record Deployment(
            long id,
            long releaseId,
            String project,
            String commit,
            Digest image,
            boolean attested,
            String environment,
            String target,
            String kind,
            String why,
            String status,
            String colour,
            String address,
            String declared,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String reason) {}

    /** Records a release; the same image of the same commit is the same release. */
    public long release(String project, String commit, Digest image, long run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into release (project, commit_id, image, run_id, created_at, attested)
                        values (:project, :commit, :image, :run, :now, true)
                        on conflict (project, commit_id, image) do update set attested = true
                        returning id""")
                .bind("project", project)
                .bind("commit", commit)
                .bind("image", image.toString())
                .bind("run", run)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one());
    }

    /** Records that a release begins to enter an environment; the same run goes on with its own deployment. */
    public long begin(long release, EnvironmentSpec spec, String target, Kind kind, Optional<Long> run) {
        return begin(release, spec, target, new Cause(kind, ""), run);
    }

    /** The same, with why. */
    public long begin(long release, EnvironmentSpec spec, String target, Cause cause, Optional<Long> run) {
        return jdbi.inTransaction(handle -> {
            var deployment = begin(handle, release, spec, target, cause, run);
            chronicle.tell(handle, deployment, Change.STARTS, cause.why());
            return deployment;
        });
    }

    private long begin(
            Handle handle, long release, EnvironmentSpec spec, String target, Cause cause, Optional<Long> run) {
        return handle.createQuery("""
                        insert into deployment (release_id, environment, target, run_id, kind, why, status, colour,
                                                address, declared, started_at)
                        values (:release, :environment, :target, :run, :kind, :why, 'starting', '', '',
                                cast(:declared as jsonb), :now)
                        on conflict (run_id) where run_id is not null
                            do update set release_id = excluded.release_id, declared = excluded.declared,
                                          status = 'starting', ended_at = null, reason = null
                        returning id""")
                .bind("release", release)
                .bind("environment", spec.name())
                .bind("target", target)
                .bind("run", run)
                .bind("kind", cause.kind().label())
                .bind("why", cause.why().replace('\0', '\uFFFD'))
                .bind("declared", json.writeValueAsString(spec))
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
    }

    /** Records that a deployment serves, in the place of the one before. */
    public void serving(long deployment, Colour colour, String address) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            update deployment old set status = 'replaced', ended_at = :now
                            from deployment new, release old_release, release new_release
                            where new.id = :id and old.id <> new.id and old.status = 'serving'
                              and old.environment = new.environment
                              and old_release.id = old.release_id and new_release.id = new.release_id
                              and old_release.project = new_release.project""")
                    .bind("now", clock.instant())
                    .bind("id", deployment)
                    .execute();
            handle.createUpdate("""
                            update deployment old set status = 'failed', ended_at = :now, reason = 'it was cut'
                            from deployment new, release old_release, release new_release
                            where new.id = :id and old.id < new.id and old.status = 'starting'
                              and old.environment = new.environment
                              and old_release.id = old.release_id and new_release.id = new.release_id
                              and old_release.project = new_release.project""")
                    .bind("now", clock.instant())
                    .bind("id", deployment)
                    .execute();
            handle.createUpdate("""
                            update deployment set status = 'serving', colour = :colour, address = :address,
                                   served_at = coalesce(served_at, :now), ended_at = null, reason = null
                            where id = :id""")
                    .bind("now", clock.instant())
                    .bind("colour", colour.label())
                    .bind("address", address)
                    .bind("id", deployment)
                    .execute();
            chronicle.tell(handle, deployment, Change.SERVES, "");
        });
    }

    /** Records that a deployment failed, and that what served before serves. */
    public void failed(long deployment, String reason) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            update deployment set status = 'serving', ended_at = null where id = (
                                select max(old.id) from deployment new
                                join release new_release on new_release.id = new.release_id
                                join release old_release on old_release.project = new_release.project
                                join deployment old on old.release_id = old_release.id
                                 and old.environment = new.environment and old.id < new.id
                                where new.id = :id and new.status = 'serving' and old.status = 'replaced')""").bind("id", deployment).execute();
            handle.createUpdate("""
                            update deployment set status = 'failed', ended_at = :now, reason = :reason
                            where id = :id""")
                    .bind("now", clock.instant())
                    .bind("reason", reason.replace('\0', '\uFFFD'))
                    .bind("id", deployment)
                    .execute();
            chronicle.tell(handle, deployment, Change.FAILED, reason);
        });
    }

    /** Records that an environment was taken away. */
    public void removed(String project, String environment) {
        jdbi.useTransaction(handle -> handle.createQuery("""
                        update deployment d set status = 'removed', ended_at = :now from release r
                        where r.id = d.release_id and r.project = :project and d.environment = :environment
                          and d.status in ('starting', 'serving')
                        returning d.id""")
                .bind("now", clock.instant())
                .bind("project", project)
                .bind("environment", environment)
                .mapTo(Long.class)
                .list()
                .forEach(deployment -> chronicle.tell(handle, deployment, Change.REMOVED, "")));
    }

    /** What serves, in all environments of all projects. */
    public List<Deployment> serving() {
        return list(SELECT + "where d.status = 'serving' order by d.project, d.environment", "", "");
    }

    /**
     * A page of what serves, by project and environment.
     *
     * @param project the only one that is wanted
     * @param after the project and environment behind which the page begins, as {@code shop/production}; empty for the
     *     first one
     */
    public List<Deployment> serving(Optional<String> project, String after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where d.status = 'serving' and (cast(:project as text) is null or r.project = :project)
                          and (r.project || '/' || d.environment) collate "C" > :after
                        order by (r.project || '/' || d.environment) collate "C", d.id desc limit :most""")
                .bind("project", project)
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> deployment(row))
                .list());
    }

    /** The deployments to an environment, newest first. */
    public List<Deployment> history(String project, String environment) {
        return list(
                SELECT + "where d.project = :project and d.environment = :environment order by d.id desc limit 100",
                project,
                environment);
    }

    /**
     * A page of the deployments to an environment, newest first.
     *
     * @param before the id before which the page begins; empty for the first one
     */
    public List<Deployment> page(String project, String environment, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where d.project = :project and d.environment = :environment and d.id < :before
                        order by d.id desc limit :most""")
                .bind("project", project)
                .bind("environment", environment)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((row, context) -> deployment(row))
                .list());
    }

    /**
     * A page of the deployments to all environments, newest first.
     *
     * @param project the only one that is wanted
     * @param before the id before which the page begins; empty for the first one
     */
    public List<Deployment> page(Optional<String> project, Optional<Long> before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where (cast(:project as text) is null or r.project = :project) and d.id < :before
                        order by d.id desc limit :most""")
                .bind("project", project)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((row, context) -> deployment(row))
                .list());
    }

    /** The latest deployments to all environments of all projects, newest first. */
    public List<Deployment> latest(int most) {
        return list(SELECT + "order by d.id desc limit " + most, "", "");
    }

    /**
     * A release.
     *
     * @param attested whether it was published with its signature and evidence, as all are now
     */
    public record Published(long id, String project, String commit, Digest image, boolean attested) {}

    /**
     * The releases that a word names, the newest first, at most 100.
     *
     * @param word an application's name, an image's digest, or a commit's id or its beginning
     */
    public List<Published> releases(String word) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from release
                        where project = :word or image = :word or image = 'sha256:' || :word
                           or (length(:word) >= 7 and starts_with(commit_id, :word))
                        order by id desc limit 100""")
                .bind("word", word)
                .map((row, context) -> new Published(
                        row.getLong("id"),
                        row.getString("project"),
                        row.getString("commit_id"),
                        Digest.parse(row.getString("image")),
                        row.getBoolean("attested")))
                .list());
    }

    /** Where an image was deployed, the newest first. */
    public List<Deployment> of(Digest image) {
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + "where r.image = :image order by d.id desc limit 100")
                        .bind("image", image.toString())
                        .map((row, context) -> deployment(row))
                        .list());
    }

    /** One deployment by its number. */
    public Optional<Deployment> find(long number) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where d.id = :id")
                .bind("id", number)
                .map((row, context) -> deployment(row))
                .findOne());
    }

    /** How the environment of a deployment was declared. */
    public EnvironmentSpec declared(Deployment deployment) {
        return json.readValue(deployment.declared(), EnvironmentSpec.class);
    }

    private List<Deployment> list(String sql, String project, String environment) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .configure(org.jdbi.v3.core.statement.SqlStatements.class, s -> s.setUnusedBindingAllowed(true))
                .bind("project", project)
                .bind("environment", environment)
                .map((row, context) -> deployment(row))
                .list());
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        return new Deployment(
                row.getLong("id"),
                row.getLong("release_id"),
                row.getString("project"),
                row.getString("commit_id"),
                Digest.parse(row.getString("image")),
                row.getBoolean("attested"),
                row.getString("environment"),
                row.getString("target"),
                row.getString("kind"),
                row.getString("why"),
                row.getString("status"),
                row.getString("colour"),
                row.getString("address"),
                row.getString("declared"),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("reason"));
    }
}
