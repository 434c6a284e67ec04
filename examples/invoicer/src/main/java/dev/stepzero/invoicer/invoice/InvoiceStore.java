package dev.stepzero.invoicer.invoice;

import dev.stepzero.invoicer.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps invoices in PostgreSQL. */
final class InvoiceStore {
    private static final String FIND = """
            SELECT i.created_at, i.updated_at, i.is_paid, i.amount, i.payment_date, i.due_date,
                   c.id, c.created_at, c.updated_at, c.type, c.amount, c.description
            FROM invoices i LEFT JOIN charges c ON c.invoice_id = i.id AND c.deleted_at IS NULL
            WHERE i.id = ? AND i.deleted_at IS NULL
            ORDER BY c.id""";
    private static final String LOCK = """
            SELECT is_paid, amount, payment_date, due_date FROM invoices
            WHERE id = ? AND deleted_at IS NULL FOR UPDATE""";

    private final Database database;

    InvoiceStore(Database database) {
        this.database = database;
    }

    long create(Change change) {
        return database.transaction(connection -> {
            var sql = "INSERT INTO invoices (is_paid, amount, payment_date, due_date) VALUES (?, ?, ?, ?) RETURNING id";
            try (var statement = connection.prepareStatement(sql)) {
                bind(statement, change.terms().apply(Terms.EMPTY));
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    var id = rows.getLong(1);
                    add(connection, id, change.charges());
                    return id;
                }
            }
        });
    }

    Optional<Invoice> find(long id) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement(FIND)) {
                statement.setLong(1, id);
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(invoice(id, rows)) : Optional.empty();
                }
            }
        });
    }

    /**
     * @return false when there is no such invoice
     * @throws Malformed when it would get too many charges
     */
    boolean change(long id, Change change) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement(LOCK)) {
                statement.setLong(1, id);
                try (var rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        return false;
                    }
                    update(connection, id, change.terms().apply(terms(rows, 1)));
                }
            }
            checkRoom(connection, id, change.charges().size());
            add(connection, id, change.charges());
            return true;
        });
    }

    /** @return false when there is no such invoice */
    boolean delete(long id) {
        return database.transaction(connection -> {
            var sql = "UPDATE invoices SET deleted_at = now() WHERE id = ? AND deleted_at IS NULL";
            try (var statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                return statement.executeUpdate() == 1;
            }
        });
    }

    private static void update(Connection connection, long id, Terms terms) throws SQLException {
        var sql = "UPDATE invoices SET is_paid = ?, amount = ?, payment_date = ?, due_date = ?, updated_at = now()"
                + " WHERE id = ?";
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, terms);
            statement.setLong(5, id);
            statement.executeUpdate();
        }
    }

    private static void checkRoom(Connection connection, long id, int more) throws SQLException {
        var sql = "SELECT count(*) FROM charges WHERE invoice_id = ? AND deleted_at IS NULL";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            try (var rows = statement.executeQuery()) {
                rows.next();
                if (rows.getLong(1) + more > Invoice.MOST_CHARGES) {
                    throw new Malformed("an invoice has at most " + Invoice.MOST_CHARGES + " charges");
                }
            }
        }
    }

    private static void add(Connection connection, long id, List<Item> items) throws SQLException {
        var sql = "INSERT INTO charges (invoice_id, type, amount, description) VALUES (?, ?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            for (var item : items) {
                statement.setLong(1, id);
                statement.setString(2, item.type());
                statement.setBigDecimal(3, item.amount());
                statement.setString(4, item.description());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, Terms terms) throws SQLException {
        statement.setBoolean(1, terms.paid());
        statement.setLong(2, terms.amount());
        statement.setObject(3, terms.paymentDate().atOffset(ZoneOffset.UTC));
        statement.setObject(4, terms.dueDate().atOffset(ZoneOffset.UTC));
    }

    private static Invoice invoice(long id, ResultSet rows) throws SQLException {
        var created = time(rows, 1);
        var updated = time(rows, 2);
        var terms = terms(rows, 3);
        var charges = new ArrayList<Charge>();
        do {
            var chargeId = rows.getLong(7);
            if (!rows.wasNull()) {
                var item = new Item(rows.getString(10), rows.getBigDecimal(11), rows.getString(12));
                charges.add(new Charge(chargeId, id, time(rows, 8), time(rows, 9), item));
            }
        } while (rows.next());
        return new Invoice(id, created, updated, terms, charges);
    }

    private static Terms terms(ResultSet rows, int first) throws SQLException {
        return new Terms(rows.getBoolean(first), rows.getLong(first + 1), time(rows, first + 2), time(rows, first + 3));
    }

    private static Instant time(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
