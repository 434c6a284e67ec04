package dev.stepzero.server.settings;

import org.jdbi.v3.core.Jdbi;

/**
 * The database that the server works in.
 *
 * @param place its address without any word of who we are, or where the embedded one lies
 * @param version of PostgreSQL
 * @param size of all its tables, as people say it
 */
public record StoredState(boolean embedded, String place, String version, String size) {
    static StoredState of(Jdbi jdbi, String url, String home) {
        var embedded = url.isBlank();
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
                .map((row, _) -> new StoredState(
                        embedded,
                        embedded ? home + "/postgres" : url.replaceFirst("\\?.*", ""),
                        row.getString(1),
                        row.getString(2)))
                .one());
    }
}
