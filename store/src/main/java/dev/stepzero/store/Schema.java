package dev.stepzero.store;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables, brought from whatever version they have to the one that this program knows. */
final class Schema {
    private static final Set<MigrationState> NEWER =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private static final String NOT_ALLOWED = "42501";

    private final DataSource source;
    private final Logins logins;
    private final ClassLoader loader = Schema.class.getClassLoader();

    /**
     * The tables of a database.
     *
     * @param source connections of the role that works in it
     */
    Schema(DataSource source, Logins logins) {
        this.source = source;
        this.logins = logins;
    }

    void bringUpToDate() {
        if (!isUpToDate()) {
            migrate();
        }
    }

    private boolean isUpToDate() {
        try (var connection = source.getConnection()) {
            return KnownMigrations.onClassPath(loader).areApplied(connection);
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                return false;
            }
            throw unprepared(e, logins.server());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void migrate() {
        var owner = logins.owner().<DataSource>map(Schema::source).orElse(source);
        try {
            var flyway = Flyway.configure(loader)
                    .dataSource(owner)
                    .locations("classpath:" + KnownMigrations.FOLDER)
                    // Each wing numbers its tables in a range of its own, so a new one may have a lower number.
                    .outOfOrder(true)
                    .load();
            var known = flyway.info();
            refuseNewer(known.all());
            if (known.pending().length > 0) {
                flyway.migrate();
            } else if (known.applied().length > 0) {
                flyway.validate();
            }
            if (logins.owner().isPresent()) {
                new Rights(owner).giveTo(logins.server().user());
            }
        } catch (FlywayException | SQLException e) {
            throw unprepared(e, logins.migrating());
        }
    }

    private static DataSource source(Coordinates coordinates) {
        var source = new PGSimpleDataSource();
        source.setUrl(coordinates.url());
        source.setUser(coordinates.user());
        source.setPassword(coordinates.password());
        return source;
    }

    private static UserError unprepared(Exception cause, Coordinates role) {
        return UserError.engine("cannot prepare the database: " + cause.getMessage())
                .at(role.url())
                .fix("see that the database answers and that the role " + role.user()
                        + " owns its tables, or name their owner in STEPZERO_DATABASE_OWNER")
                .because(cause);
    }

    private void refuseNewer(MigrationInfo[] all) {
        var newest = Arrays.stream(all)
                .filter(info -> NEWER.contains(info.getState()))
                .reduce((older, newer) -> newer);
        if (newest.isPresent()) {
            var ours = Arrays.stream(all)
                    .filter(info -> !NEWER.contains(info.getState()))
                    .reduce((older, newer) -> newer)
                    .map(info -> String.valueOf(info.getVersion()))
                    .orElse("none");
            throw UserError.engine("the database has the tables of version "
                            + newest.get().getVersion() + ", this program knows them up to version " + ours)
                    .at(logins.server().url())
                    .fix("use the newer stepzero that last used this database");
        }
    }
}
