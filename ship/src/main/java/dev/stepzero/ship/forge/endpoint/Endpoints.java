package dev.stepzero.ship.forge.endpoint;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.webhook.Authentication;
import dev.stepzero.ship.forge.webhook.WebhookSecrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registered projects as their forges know them: what {@link Projects} has, with the table {@code project_forge}. One
 * that is archived, or lives at no forge that we know, hears nobody.
 */
public final class Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final int PAGE = 500;

    private final Jdbi jdbi;
    private final Projects projects;
    private final WebhookSecretBook secrets;
    private final Clock clock;

    public Endpoints(Jdbi jdbi, Projects projects, WebhookSecretBook secrets, Clock clock) {
        this.jdbi = jdbi;
        this.projects = projects;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What of a project its address does not say.
     *
     * @param repository its full name at the forge; empty: as the path of its address has it
     */
    public record Habits(Optional<String> repository, boolean checkedBranches, List<String> shippedTags) {
        static final Habits USUAL = new Habits(Optional.empty(), false, List.of());
        private static final int MOST_TAGS = 20;
        private static final int LONGEST = 100;

        /** Refuses names and patterns that can be none with a {@link UserError}. */
        public Habits {
            shippedTags = List.copyOf(shippedTags);
            if (repository
                    .filter(name -> !name.matches("[\\w.~-]{1,100}(/[\\w.~-]{1,100}){1,10}") || name.contains(".."))
                    .isPresent()) {
                throw UserError.usage("this cannot be the name of a repository")
                        .fix("write its full name at the forge, such as owner/name");
            }
            if (shippedTags.size() > MOST_TAGS
                    || shippedTags.stream().anyMatch(tag -> tag.length() > LONGEST || !tag.matches("[\\w.*/+-]+"))) {
                throw UserError.usage("these cannot be patterns of tags")
                        .fix("write up to %d such as v*".formatted(MOST_TAGS));
            }
        }
    }

    /** Sets them. @throws UserError if there is no such project */
    public void settle(String project, Habits habits) {
        var changed = jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into project_forge (project, repository, checked_branches, shipped_tags, changed_at)
                        select name, :repository, :checked, :tags, cast(:now as timestamptz) from project where name = :project
                        on conflict (project) do update set repository = excluded.repository,
                            checked_branches = excluded.checked_branches, shipped_tags = excluded.shipped_tags,
                            changed_at = excluded.changed_at""")
                .bind("project", project)
                .bind("repository", habits.repository().orElse(null))
                .bind("checked", habits.checkedBranches())
                .bindArray("tags", String.class, habits.shippedTags())
                .bind("now", clock.instant())
                .execute());
        if (changed == 0) {
            throw UserError.usage("there is no project '%s'".formatted(project)).fix("register it first");
        }
    }

    /** What was set, or what holds where nothing was. */
    public Habits habits(String project) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from project_forge where project = :project")
                .bind("project", project)
                .map((row, context) -> habits(row))
                .findOne()
                .orElse(Habits.USUAL));
    }

    /** One project; empty if there is none, it is archived, or lives at no forge that we know. */
    public Optional<ForgeProject> find(String name) {
        return projects.find(name).flatMap(registered -> project(registered, habits(name)));
    }

    /**
     * All projects with what their deliveries are believed by, by name. One whose sealed values do not open is left out,
     * so that it keeps no other from being heard.
     */
    public Map<String, Endpoint> all() {
        var boxes = secrets.sealed();
        var all = new HashMap<String, Endpoint>();
        for (var project : everything()) {
            endpoint(project, boxes.getOrDefault(project.name(), List.of()))
                    .ifPresent(endpoint -> all.put(project.name(), endpoint));
        }
        return Map.copyOf(all);
    }

    /** All projects that live at a forge. */
    public List<ForgeProject> everything() {
        var known = jdbi.withHandle(handle -> handle.createQuery("select * from project_forge")
                .reduceRows(new HashMap<String, Habits>(), (all, row) -> {
                    all.put(
                            row.getColumn("project", String.class),
                            new Habits(
                                    Optional.ofNullable(row.getColumn("repository", String.class)),
                                    row.getColumn("checked_branches", Boolean.class),
                                    List.of(row.getColumn("shipped_tags", String[].class))));
                    return all;
                }));
        var all = new ArrayList<ForgeProject>();
        var page = projects.page("", PAGE, false);
        while (!page.isEmpty()) {
            page.forEach(registered -> project(registered, known.getOrDefault(registered.name(), Habits.USUAL))
                    .ifPresent(all::add));
            page = page.size() < PAGE ? List.of() : projects.page(page.getLast().name(), PAGE, false);
        }
        return List.copyOf(all);
    }

    private Optional<Endpoint> endpoint(ForgeProject project, List<byte[]> boxes) {
        try {
            var opened =
                    boxes.stream().map(box -> secrets.open(project.name(), box)).toList();
            return Optional.of(new Endpoint(
                    project,
                    opened.isEmpty() || project.forge() == Forge.STEPZERO
                            ? Optional.empty()
                            : Optional.of(new Authentication(project.forge(), new WebhookSecrets(opened), clock))));
        } catch (UserError e) {
            LOG.warn("project {} hears no forge: {}", project.name(), e.what());
            return Optional.empty();
        }
    }

    private static Optional<ForgeProject> project(RegisteredProject registered, Habits habits) {
        if (registered.archivedAt().isPresent()) {
            return Optional.empty();
        }
        return Forge.of(registered.provider())
                .map(forge -> ForgeProject.of(registered, forge))
                .map(usual -> new ForgeProject(
                        registered,
                        usual.forge(),
                        habits.repository().orElse(usual.repository()),
                        habits.checkedBranches(),
                        habits.shippedTags()));
    }

    private static Habits habits(ResultSet row) throws SQLException {
        return new Habits(
                Optional.ofNullable(row.getString("repository")), row.getBoolean("checked_branches"), List.of((String[])
                        row.getArray("shipped_tags").getArray()));
    }
}
