package dev.stepzero.scan.toml;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table while it is read: a later header may still add to it. */
final class Table {
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private int line;
    private boolean opened;

    /** What stands under a key. */
    private sealed interface Part {
        /** A value that nothing adds to. */
        record Whole(Value value, int line) implements Part {}

        /** A table of its own. */
        record Inner(Table table) implements Part {}

        /** Tables under one {@code [[header]]}. */
        record Several(List<Table> tables) implements Part {}
    }

    Table(int line) {
        this.line = line;
    }

    void put(String key, Value value, int line, Cursor cursor) throws MalformedToml {
        if (parts.putIfAbsent(key, new Part.Whole(value, line)) != null) {
            throw cursor.malformed("the key " + key + " stands twice in one table");
        }
    }

    /** The table that is meant by a part of a path: of several the last. */
    Table inner(String key, Cursor cursor) throws MalformedToml {
        return switch (parts.computeIfAbsent(key, each -> new Part.Inner(new Table(cursor.line())))) {
            case Part.Inner inner -> inner.table();
            case Part.Several several -> several.tables().getLast();
            case Part.Whole whole -> throw cursor.malformed("the key " + key + " is no table");
        };
    }

    /** What a {@code [header]} opens: it may be there already, but only through longer paths. */
    Table open(String key, int line, Cursor cursor) throws MalformedToml {
        var table = inner(key, cursor);
        if (table.opened) {
            throw cursor.malformed("the table " + key + " stands there twice");
        }
        table.opened = true;
        table.line = line;
        return table;
    }

    /** What a {@code [[header]]} opens. */
    Table append(String key, int line, Cursor cursor) throws MalformedToml {
        var table = new Table(line);
        table.opened = true;
        switch (parts.computeIfAbsent(key, each -> new Part.Several(new ArrayList<>()))) {
            case Part.Several several -> several.tables().add(table);
            case Part.Inner inner -> throw cursor.malformed("the key " + key + " is one table, not several");
            case Part.Whole whole -> throw cursor.malformed("the key " + key + " is no table");
        }
        return table;
    }

    Located located(Cursor cursor) {
        var entries = new LinkedHashMap<String, Located>();
        parts.forEach((key, part) -> entries.put(key, located(part, cursor)));
        return new Located(new Value.Mapping(entries), cursor.position(line));
    }

    private static Located located(Part part, Cursor cursor) {
        return switch (part) {
            case Part.Whole whole -> new Located(whole.value(), cursor.position(whole.line()));
            case Part.Inner inner -> inner.table().located(cursor);
            case Part.Several several ->
                new Located(
                        new Value.Sequence(several.tables().stream()
                                .map(table -> table.located(cursor))
                                .toList()),
                        cursor.position(several.tables().getFirst().line));
        };
    }
}
