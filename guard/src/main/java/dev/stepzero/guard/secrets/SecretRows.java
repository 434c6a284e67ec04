package dev.stepzero.guard.secrets;

import dev.stepzero.guard.secrets.KeyEncryptionKey.Wrapped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The rows of secrets as they are, believed in nothing. */
final class SecretRows {
    private static final String HEAD = """
            select id, project, environment, step, name, canary, current_version, previous_version, previous_until, seal
            from secret
            where project = :project and environment = :environment and step = :step and name = :name""";

    private static final String SUMMARY = """
            select s.project, s.environment, s.step, s.name, s.canary, s.current_version, s.previous_until,
                   s.last_used_at, v.created_at
            from secret s
            left join secret_version v on v.secret_id = s.id and v.version = s.current_version
            """;

    private final Work work;

    /** In a transaction of its own for each call. */
    SecretRows(Jdbi jdbi) {
        this.work = new Work() {
            @Override
            public <T> T with(Function<Handle, T> query) {
                return jdbi.withHandle(query::apply);
            }
        };
    }

    /** In somebody's transaction. */
    SecretRows(Handle handle) {
        this.work = new Work() {
            @Override
            public <T> T with(Function<Handle, T> query) {
                return query.apply(handle);
            }
        };
    }

    private interface Work {
        <T> T with(Function<Handle, T> query);
    }

    /** A head with the number of its row and the seal that stands beside it. */
    record Found(long row, SecretHead head, Ciphertext seal) {}

    /** A version to write. */
    record Written(int version, Wrapped wrapped, Ciphertext sealed) {}

    /** A version as it stands there. */
    record Sealed(int version, Wrapped wrapped, Ciphertext sealed, Instant made) {}

    Optional<Found> head(SecretId id) {
        return head(id, "");
    }

    /** Keeps others from changing the secret until the transaction ends. */
    Optional<Found> share(SecretId id) {
        return head(id, " for share");
    }

    /** Keeps others from changing or reading the secret until the transaction ends. */
    Optional<Found> lock(SecretId id) {
        return head(id, " for update");
    }

    private Optional<Found> head(SecretId id, String locking) {
        return work.with(handle -> handle.createQuery(HEAD + locking)
                .bind("project", id.scope().project())
                .bind("environment", id.scope().environment())
                .bind("step", id.scope().step())
                .bind("name", id.name())
                .map((row, _) -> found(row))
                .findOne());
    }

    /** Empty if somebody else was faster. */
    Optional<Long> insert(SecretHead head, Ciphertext seal) {
        return work.with(handle -> handle.createQuery("""
                        insert into secret (project, environment, step, name, canary, current_version, seal)
                        values (:project, :environment, :step, :name, :canary, :current, :seal)
                        on conflict do nothing returning id""")
                .bind("project", head.id().scope().project())
                .bind("environment", head.id().scope().environment())
                .bind("step", head.id().scope().step())
                .bind("name", head.id().name())
                .bind("canary", head.canary())
                .bind("current", head.current())
                .bind("seal", seal.bytes())
                .mapTo(Long.class)
                .findOne());
    }

    void update(long row, SecretHead head, Ciphertext seal) {
        work.with(handle -> handle.createUpdate("""
                        update secret set current_version = :current, previous_version = :previous,
                                          previous_until = :until, seal = :seal
                        where id = :row""")
                .bind("row", row)
                .bind("current", head.current())
                .bind(
                        "previous",
                        head.previous().map(SecretHead.Previous::version).orElse(null))
                .bind("until", head.previous().map(SecretHead.Previous::until).orElse(null))
                .bind("seal", seal.bytes())
                .execute());
    }

    void insert(long row, Written version, Instant made) {
        work.with(handle -> handle.createUpdate("""
                        insert into secret_version (secret_id, version, key_id, wrapped_key, sealed, created_at)
                        values (:row, :version, :key, :wrapped, :sealed, :made)""")
                .bind("row", row)
                .bind("version", version.version())
                .bind("key", version.wrapped().keyId())
                .bind("wrapped", version.wrapped().key().bytes())
                .bind("sealed", version.sealed().bytes())
                .bind("made", made)
                .execute());
    }

    void rewrap(long row, int version, Wrapped wrapped) {
        work.with(handle -> handle.createUpdate("""
                        update secret_version set key_id = :key, wrapped_key = :wrapped
                        where secret_id = :row and version = :version""")
                .bind("row", row)
                .bind("version", version)
                .bind("key", wrapped.keyId())
                .bind("wrapped", wrapped.key().bytes())
                .execute());
    }

    /** Deletes the versions that are valid no more. */
    void keepOnly(long row, SecretHead head) {
        work.with(handle -> handle.createUpdate("""
                        delete from secret_version
                        where secret_id = :row and version not in (:current, :previous)""")
                .bind("row", row)
                .bind("current", head.current())
                .bind(
                        "previous",
                        head.previous().map(SecretHead.Previous::version).orElse(0))
                .execute());
    }

    void delete(long row) {
        work.with(handle -> handle.createUpdate("delete from secret where id = :row")
                .bind("row", row)
                .execute());
    }

    void used(SecretId id, Instant at) {
        work.with(handle -> handle.createUpdate("""
                        update secret set last_used_at = :at
                        where project = :project and environment = :environment and step = :step and name = :name""")
                .bind("at", at)
                .bind("project", id.scope().project())
                .bind("environment", id.scope().environment())
                .bind("step", id.scope().step())
                .bind("name", id.name())
                .execute());
    }

    List<Sealed> versions(long row) {
        return work.with(handle -> handle.createQuery("""
                        select version, key_id, wrapped_key, sealed, created_at
                        from secret_version where secret_id = :row order by version desc""")
                .bind("row", row)
                .map((each, _) -> sealed(each))
                .list());
    }

    Optional<Sealed> version(long row, int version) {
        return work.with(handle -> handle.createQuery("""
                        select version, key_id, wrapped_key, sealed, created_at
                        from secret_version where secret_id = :row and version = :version""")
                .bind("row", row)
                .bind("version", version)
                .map((each, _) -> sealed(each))
                .findOne());
    }

    Set<String> keysInUse() {
        return work.with(handle -> new HashSet<>(handle.createQuery("select distinct key_id from secret_version")
                .mapTo(String.class)
                .list()));
    }

    List<SecretSummary> summaries(Optional<String> project) {
        return page(project, Optional.empty(), Integer.MAX_VALUE);
    }

    /** Those behind another, in the order of scopes and names. */
    List<SecretSummary> page(Optional<String> project, Optional<SecretId> after, int most) {
        return work.with(handle -> handle.createQuery(SUMMARY + """
                         where (cast(:project as text) is null or s.project = :project)
                         and (cast(:name as text) is null or
                              (s.project, s.environment, s.step, s.name) > (:of, :environment, :step, :name))
                         order by s.project, s.environment, s.step, s.name limit :most""")
                .bind("project", project.orElse(null))
                .bind("of", after.map(each -> each.scope().project()).orElse(null))
                .bind(
                        "environment",
                        after.map(each -> each.scope().environment()).orElse(null))
                .bind("step", after.map(each -> each.scope().step()).orElse(null))
                .bind("name", after.map(SecretId::name).orElse(null))
                .bind("most", most)
                .map((row, _) -> summary(row))
                .list());
    }

    Optional<SecretSummary> summary(SecretId id) {
        return work.with(handle -> handle.createQuery(SUMMARY + """
                         where s.project = :project and s.environment = :environment and s.step = :step
                         and s.name = :name""")
                .bind("project", id.scope().project())
                .bind("environment", id.scope().environment())
                .bind("step", id.scope().step())
                .bind("name", id.name())
                .map((row, _) -> summary(row))
                .findOne());
    }

    private static SecretSummary summary(ResultSet row) throws SQLException {
        return new SecretSummary(
                id(row),
                row.getInt("current_version"),
                row.getBoolean("canary"),
                instant(row, "created_at").orElse(Instant.EPOCH),
                instant(row, "previous_until"),
                instant(row, "last_used_at"));
    }

    private static Found found(ResultSet row) throws SQLException {
        var until = instant(row, "previous_until");
        int previous = row.getInt("previous_version");
        var head = new SecretHead(
                id(row),
                row.getBoolean("canary"),
                row.getInt("current_version"),
                until.map(moment -> new SecretHead.Previous(previous, moment)));
        return new Found(row.getLong("id"), head, Ciphertext.of(row.getBytes("seal")));
    }

    private static SecretId id(ResultSet row) throws SQLException {
        var scope = new SecretScope(row.getString("project"), row.getString("environment"), row.getString("step"));
        return new SecretId(scope, row.getString("name"));
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                row.getInt("version"),
                new Wrapped(row.getString("key_id"), Ciphertext.of(row.getBytes("wrapped_key"))),
                Ciphertext.of(row.getBytes("sealed")),
                row.getTimestamp("created_at").toInstant());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
