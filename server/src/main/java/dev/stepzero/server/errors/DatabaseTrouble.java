package dev.stepzero.server.errors;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.stream.Stream;

/** What ails the database, so that it is no fault of ours and the same request may succeed in a moment. */
enum DatabaseTrouble {
    AWAY("The database does not answer. Try again in a moment."),
    FULL("The database has no space left, so nothing was changed. Whoever runs the server has to free some.");

    private final String detail;

    DatabaseTrouble(String detail) {
        this.detail = detail;
    }

    /** What a reader is told. */
    String detail() {
        return detail;
    }

    /** Empty if a failure has another cause. */
    static Optional<DatabaseTrouble> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .flatMap(cause -> of(cause).stream())
                .findFirst();
    }

    /** By PostgreSQL's classes of codes: lost connections, servers that end or begin, and what they run out of. */
    private static Optional<DatabaseTrouble> of(SQLException cause) {
        var code = cause.getSQLState() == null ? "" : cause.getSQLState();
        if (code.startsWith("531")) {
            return Optional.of(FULL);
        }
        return cause instanceof SQLTransientConnectionException
                        || Stream.of("08", "57P", "53", "58").anyMatch(code::startsWith)
                ? Optional.of(AWAY)
                : Optional.empty();
    }
}
