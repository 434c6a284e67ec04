package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads comma separated values (RFC 4180) with their names in the first line. */
final class Csv {
    private final String text;
    private int at;

    private Csv(String text) {
        this.text = text.replace("\r\n", "\n");
    }

    static Value read(String text) {
        var csv = new Csv(text);
        var names = csv.row();
        if (names.isEmpty()) {
            throw new FunctionError("missing header line");
        }
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) {
                throw new FunctionError("duplicate column name \"" + name + "\"");
            }
        }
        var rows = new ArrayList<Value>();
        for (var row = csv.row(); !row.isEmpty(); row = csv.row()) {
            if (row.size() != names.size()) {
                throw new FunctionError("CSV parse error: wrong number of fields");
            }
            var entries = new LinkedHashMap<String, Located>();
            for (int i = 0; i < names.size(); i++) {
                entries.put(names.get(i), Located.nowhere(Value.of(row.get(i))));
            }
            rows.add(new Value.Mapping(entries));
            Limits.items((long) rows.size() * names.size());
        }
        return Value.listOf(rows);
    }

    /** The next line that is not blank; empty at the end. */
    private List<String> row() {
        while (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        var fields = new ArrayList<String>();
        if (at >= text.length()) {
            return fields;
        }
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : bare());
            if (at >= text.length()) {
                return fields;
            }
            if (text.charAt(at++) == '\n') {
                return fields;
            }
        }
    }

    private String bare() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '"') {
                throw new FunctionError("CSV parse error: bare \" in non-quoted field");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        var field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at >= text.length() || text.charAt(at) == ',' || text.charAt(at) == '\n') {
                return field.toString();
            } else if (text.charAt(at++) == '"') {
                field.append('"');
            } else {
                throw new FunctionError("CSV parse error: extraneous or missing \" in quoted field");
            }
        }
        throw new FunctionError("CSV parse error: a quoted field does not end");
    }
}
