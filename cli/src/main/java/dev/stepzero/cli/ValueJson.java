package dev.stepzero.cli;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.govern.json.JsonWriter;
import java.io.IOException;

/** Writes values as JSON; one that is not known is an object with the reasons. */
final class ValueJson {
    /** Deeper than anything that somebody writes, and not so deep that the stack ends. */
    private static final int MOST_DEPTH = 200;

    private final JsonWriter json;

    ValueJson(JsonWriter json) {
        this.json = json;
    }

    void write(Value value) throws IOException {
        write(value, 0);
    }

    private void write(Value value, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            unknown("it is nested too deeply to be shown");
            return;
        }
        switch (value) {
            case Value.Absent absent -> json.nothing();
            case Value.Bool bool -> json.value(bool.value());
            case Value.Numeric number -> json.value(number.value());
            case Value.Text text -> json.value(text.value());
            case Value.Sequence list -> {
                json.array();
                for (var item : list.items()) {
                    write(item.value(), depth + 1);
                }
                json.endArray();
            }
            case Value.Mapping map -> {
                json.object();
                for (var entry : map.entries().entrySet()) {
                    json.name(entry.getKey());
                    write(entry.getValue().value(), depth + 1);
                }
                json.endObject();
            }
            case Unknown unknown -> unknown(unknown.chain());
        }
    }

    private void unknown(String why) throws IOException {
        json.flat().object().field("$unknown", why).endObject();
    }
}
