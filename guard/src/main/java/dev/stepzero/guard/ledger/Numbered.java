package dev.stepzero.guard.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entries with their numbers, on their way into the table: one statement for all of them. */
final class Numbered {
    private static final String INSERT = """
            insert into ledger.entry (seq, arrival, leaf, leaf_hash, recorded, at, principal, session, address, action,
                                      type, object, project, environment, outcome)
            select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bytea[], ?::timestamptz[], ?::timestamptz[],
                                 ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::text[])""";

    private final List<Leaf> leaves = new ArrayList<>();
    private final List<@Nullable Long> arrivals = new ArrayList<>();

    void add(Leaf leaf, @Nullable Long arrival) {
        leaves.add(leaf);
        arrivals.add(arrival);
    }

    void write(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            var columns = new Columns(connection, leaves);
            columns.add("bigint", Leaf::number);
            columns.arrays.add(connection.createArrayOf("bigint", arrivals.toArray()));
            columns.add("text", Leaf::json);
            columns.arrays.add(connection.createArrayOf(
                    "bytea", leaves.stream().map(leaf -> leaf.hash().bytes()).toArray(byte[][]::new)));
            columns.add("text", leaf -> Times.text(leaf.recorded()));
            columns.add("text", leaf -> Times.text(leaf.entry().at()));
            columns.add("text", leaf -> leaf.entry().who().principal());
            columns.add("text", leaf -> leaf.entry().who().session());
            columns.add("text", leaf -> leaf.entry().who().address());
            columns.add("text", leaf -> leaf.entry().action());
            columns.add("text", leaf -> leaf.entry().what().type());
            columns.add("text", leaf -> leaf.entry().what().id());
            columns.add("text", leaf -> leaf.entry().what().project());
            columns.add("text", leaf -> leaf.entry().what().environment());
            columns.add("text", leaf -> leaf.entry().outcome().label());
            for (var i = 0; i < columns.arrays.size(); i++) {
                insert.setArray(i + 1, columns.arrays.get(i));
            }
            insert.executeUpdate();
        }
    }

    /** The columns of a batch, in their order. */
    private static final class Columns {
        private final Connection connection;
        private final List<Leaf> leaves;
        private final List<Array> arrays = new ArrayList<>();

        Columns(Connection connection, List<Leaf> leaves) {
            this.connection = connection;
            this.leaves = leaves;
        }

        void add(String type, Function<Leaf, Object> value) throws SQLException {
            arrays.add(connection.createArrayOf(type, leaves.stream().map(value).toArray()));
        }
    }
}
