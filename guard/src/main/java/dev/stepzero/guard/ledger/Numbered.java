package dev.stepzero.guard.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
            var columns = List.of(
                    column("bigint", Leaf::number),
                    new Column("bigint", arrivals.toArray()),
                    column("text", Leaf::json),
                    new Column(
                            "bytea",
                            leaves.stream().map(leaf -> leaf.hash().bytes()).toArray(byte[][]::new)),
                    column("text", leaf -> Times.text(leaf.recorded())),
                    column("text", leaf -> Times.text(leaf.entry().at())),
                    column("text", leaf -> leaf.entry().who().principal()),
                    column("text", leaf -> leaf.entry().who().session()),
                    column("text", leaf -> leaf.entry().who().address()),
                    column("text", leaf -> leaf.entry().action()),
                    column("text", leaf -> leaf.entry().what().type()),
                    column("text", leaf -> leaf.entry().what().id()),
                    column("text", leaf -> leaf.entry().what().project()),
                    column("text", leaf -> leaf.entry().what().environment()),
                    column("text", leaf -> leaf.entry().outcome().label()));
            for (var i = 0; i < columns.size(); i++) {
                var column = columns.get(i);
                insert.setArray(i + 1, connection.createArrayOf(column.type(), column.values()));
            }
            insert.executeUpdate();
        }
    }

    private record Column(String type, @Nullable Object[] values) {}

    private Column column(String type, java.util.function.Function<Leaf, Object> value) {
        return new Column(type, leaves.stream().map(value).toArray());
    }
}
