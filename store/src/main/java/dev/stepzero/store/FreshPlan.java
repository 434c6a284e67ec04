package dev.stepzero.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/**
 * Has PostgreSQL plan a statement for its values each time it is run. After five runs it would settle on one plan for
 * all values, which for lists with filters is wrong for most: a word that one row has and a word that all have are read
 * from different indexes. Planning takes about a millisecond.
 */
public final class FreshPlan implements StatementCustomizer {
    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
}
