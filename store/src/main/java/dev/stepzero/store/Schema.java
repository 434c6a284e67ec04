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

/** The tables, brought from whatever version they have to the one that this program knows. */
final class Schema {
    private static final Set<MigrationState> NEWER =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private final DataSource source;
    private final Coordinates coordinates;
    private final ClassLoader loader = Schema.class.getClassLoader();

    Schema(DataSource source, Coordinates coordinates) {
        this.source = source;
        this.coordinates = coordinates;
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
            throw unprepared(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void migrate() {
        try {
            var flyway = Flyway.configure(loader)
                    .dataSource(source)
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
        } catch (FlywayException e) {
            throw unprepared(e);
        }
    }

    private UserError unprepared(Exception cause) {
        return UserError.engine("cannot prepare the database: " + cause.getMessage())
                .at(coordinates.url())
                .fix("see that the database answers and that the role " + coordinates.user() + " owns its tables")
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
                    .at(coordinates.url())
                    .fix("use the newer stepzero that last used this database");
        }
    }
}
