package dev.stepzero.invoicer.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/** The five characters with which PostgreSQL says what went wrong (its manual, appendix A). */
record SqlState(String code) {
    private static final String CONNECTION_FAILURE = "08006";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Connection failure, rolled back for others' sake, out of resources, and stopped by the operator or by time. */
    private static final Set<String> AWAY = Set.of("08", "40", "53", "57");

    static SqlState of(SQLException e) {
        var fallback = e instanceof SQLTransientConnectionException ? CONNECTION_FAILURE : "";
        return new SqlState(Optional.ofNullable(e.getSQLState()).orElse(fallback));
    }

    /** Not our fault and not the caller's: the same may well succeed later. */
    boolean away() {
        return code.length() == 5 && AWAY.contains(code.substring(0, 2)) || code.equals(LOCK_NOT_AVAILABLE);
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
