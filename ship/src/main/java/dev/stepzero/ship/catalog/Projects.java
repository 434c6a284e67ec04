package dev.stepzero.ship.catalog;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.git.FetchPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code project}. */
public final class Projects {
    private static final int LARGEST_PAGE = 500;

    private final Jdbi jdbi;
    private final FetchPolicy policy;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    /**
     * The projects of a database.
     *
     * @param policy which addresses may be fetched from
     */
    public Projects(Jdbi jdbi, FetchPolicy policy, Clock clock) {
        this.jdbi = jdbi;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Registers a project.
     *
     * @throws UserError if there is one of that name, or its address may not be fetched from
     */
    public RegisteredProject register(RegisteredProject project) {
        policy.check(project.cloneUrl());
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into project (name, clone_url, provider, protected_branch, environments, settings,
                                             created_at, created_by)
                        values (:name, :cloneUrl, :provider, :protectedBranch, :places, cast(:json as jsonb),
                                :now, :createdBy)
                        on conflict do nothing returning *""")
                .bindMethods(project)
                .bindArray("places", String.class, project.environments())
                .bind("json", json.writeValueAsString(project.settings()))
                .bind("now", clock.instant())
                .map((row, context) -> project(row))
                .findOne()
                .orElseThrow(() -> UserError.usage("there is a project '%s' already".formatted(project.name()))
                        .fix("choose another name, or change that one")));
    }

    /**
     * Changes what is known of a project but for its name, and for who registered it and when.
     *
     * @throws UserError if there is no such project, or its address may not be fetched from
     */
    public RegisteredProject change(RegisteredProject project) {
        policy.check(project.cloneUrl());
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update project set clone_url = :cloneUrl, provider = :provider,
                               protected_branch = :protectedBranch, environments = :places,
                               settings = cast(:json as jsonb)
                        where name = :name returning *""")
                .bindMethods(project)
                .bindArray("places", String.class, project.environments())
                .bind("json", json.writeValueAsString(project.settings()))
                .map((row, context) -> project(row))
                .findOne()
                .orElseThrow(() -> missing(project.name())));
    }

    /** Lets nothing of a project run any more; what is known of it stays. @throws UserError if there is none */
    public RegisteredProject archive(String name) {
        return mark(name, "coalesce(archived_at, :now)");
    }

    /** Takes an archived project back. @throws UserError if there is none */
    public RegisteredProject restore(String name) {
        return mark(name, "null");
    }

    private RegisteredProject mark(String name, String archivedAt) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "update project set archived_at = %s where name = :name returning *".formatted(archivedAt))
                .configure(org.jdbi.v3.core.statement.SqlStatements.class, s -> s.setUnusedBindingAllowed(true))
                .bind("name", name)
                .bind("now", clock.instant())
                .map((row, context) -> project(row))
                .findOne()
                .orElseThrow(() -> missing(name)));
    }

    public Optional<RegisteredProject> find(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from project where name = :name")
                .bind("name", name)
                .map((row, context) -> project(row))
                .findOne());
    }

    /**
     * A page of the projects, by name.
     *
     * @param after the name behind which the page begins; empty for the first one
     * @param most how many, at most 500
     */
    public List<RegisteredProject> page(String after, int most, boolean withArchived) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from project
                        where name > :after and (:archived or archived_at is null) order by name limit :most""")
                .bind("after", after)
                .bind("archived", withArchived)
                .bind("most", Math.clamp(most, 1, LARGEST_PAGE))
                .map((row, context) -> project(row))
                .list());
    }

    private static UserError missing(String name) {
        return UserError.usage("there is no project '%s'".formatted(name)).fix("register it first");
    }

    private RegisteredProject project(ResultSet row) throws SQLException {
        var archived = row.getTimestamp("archived_at");
        return new RegisteredProject(
                row.getString("name"),
                row.getString("clone_url"),
                row.getString("provider"),
                row.getString("protected_branch"),
                List.of((String[]) row.getArray("environments").getArray()),
                json.readValue(row.getString("settings"), ProjectSettings.class),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                archived == null ? null : archived.toInstant());
    }
}
