package dev.stepzero.guard.machines;

import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/** The rules that trust machines, and which tokens were exchanged already. */
public final class MachineTrusts {
    private static final String SELECT = "SELECT id, project, issuer, role, claims::text,"
            + " extract(epoch FROM life)::bigint AS seconds, created_at, created_by FROM machine_trust WHERE ";

    private final Jdbi jdbi;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    public MachineTrusts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Keeps a rule and gives its number. */
    public long add(MachineTrust trust) {
        var claims = new TreeMap<String, String>();
        trust.claims().forEach((name, pattern) -> claims.put(name, pattern.text()));
        return jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO machine_trust (project, issuer, role, claims, life, created_at, created_by)
                        VALUES (:project, :issuer, :role, CAST(:claims AS jsonb), make_interval(secs => :seconds),
                                :now, :by)
                        RETURNING id""")
                .bind("project", trust.project())
                .bind("issuer", trust.issuer())
                .bind("role", trust.role().word())
                .bind("claims", json.writeValueAsString(claims))
                .bind("seconds", trust.life().toSeconds())
                .bind("now", at(clock.instant()))
                .bind("by", trust.createdBy())
                .mapTo(Long.class)
                .one());
    }

    /** Takes a rule back, and with it what was given by it; empty if the project has none of that number. */
    public Optional<MachineTrust> remove(String project, long id) {
        var found = of(project).stream().filter(trust -> trust.id() == id).findFirst();
        found.ifPresent(trust -> jdbi.useHandle(
                handle -> handle.execute("DELETE FROM machine_trust WHERE id = ? AND project = ?", id, project)));
        return found;
    }

    /** A project's rules, the oldest first. */
    public List<MachineTrust> of(String project) {
        return jdbi.withHandle(handle -> handle
                .createQuery(SELECT + "project = :project ORDER BY id")
                .bind("project", project)
                .map((rows, context) -> trust(rows))
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /**
     * Uses up a token by its number.
     *
     * @param expires when the token is refused anyway
     * @return false if it was used before
     */
    public boolean use(String issuer, String number, Instant expires) {
        return jdbi.withHandle(handle -> handle.execute(
                        "INSERT INTO exchanged_token VALUES (?, ?) ON CONFLICT DO NOTHING",
                        new Secret(issuer + "\n" + number).hash(),
                        at(expires)))
                == 1;
    }

    /** Forgets the tokens that have ended. */
    public void sweep() {
        jdbi.useHandle(
                handle -> handle.execute("DELETE FROM exchanged_token WHERE expires_at < ?", at(clock.instant())));
    }

    /** A rule for a role that this program does not know gives nothing. */
    private Optional<MachineTrust> trust(ResultSet rows) throws SQLException {
        var role = Role.of(rows.getString("role"));
        if (role.isEmpty()) {
            return Optional.empty();
        }
        var claims = new TreeMap<String, ClaimPattern>();
        json.readTree(rows.getString("claims"))
                .properties()
                .forEach(claim -> claims.put(
                        claim.getKey(), new ClaimPattern(claim.getValue().stringValue())));
        return Optional.of(new MachineTrust(
                rows.getLong("id"),
                rows.getString("project"),
                rows.getString("issuer"),
                role.get(),
                Map.copyOf(claims),
                Duration.ofSeconds(rows.getLong("seconds")),
                rows.getObject("created_at", OffsetDateTime.class).toInstant(),
                rows.getString("created_by")));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
