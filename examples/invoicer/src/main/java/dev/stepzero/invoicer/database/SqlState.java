package dev.stepzero.invoicer.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/** The five characters with which PostgreSQL says what went wrong (its manual, appendix A). */
record SqlState(String code) {
    private static final String CONNECTION_FAILURE = "08006";
    private static final String QUERY_CANCELED = "57014";
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    static SqlState of(SQLException e) {
        var fallback = e instanceof SQLTransientConnectionException ? CONNECTION_FAILURE : "";
        return new SqlState(Optional.ofNullable(e.getSQLState()).orElse(fallback));
    }

    /** The server is not there, starting, stopping, full, or gave up on a query that took too long. */
    boolean away() {
        return code.length() == 5 && AWAY.contains(code.substring(0, 2)) || code.equals(QUERY_CANCELED);
    }

    /** A value that the column or its check does not take. */
    boolean valueRefused() {
        return code.startsWith("22") || code.equals("23514");
    }

    boolean tableMissing() {
        return code.equals("42P01");
    }

    boolean forbidden() {
        return code.equals("42501");
    }
}
