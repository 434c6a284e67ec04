package dev.stepzero.scan.packages.document;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in a manifest. Asking for a part that is not there, or that is of another kind, gives an empty one: what people
 * write by hand is not always what a schema says.
 *
 * @param line where it stands, from 1; 0 where it stands nowhere
 */
public record Node(Value value, int line) {
    /** What is not there. */
    public static final Node NONE = new Node(Value.ABSENT, 0);

    static Node of(Located located) {
        return new Node(located.value(), located.position().line());
    }

    /** The value under a key. */
    public Node at(String key) {
        return value instanceof Value.Mapping object
                ? object.entry(key).map(Node::of).orElse(NONE)
                : NONE;
    }

    /** The values under their keys, in their order; none where it is no object. */
    public Map<String, Node> entries() {
        if (!(value instanceof Value.Mapping object)) {
            return Map.of();
        }
        var entries = new LinkedHashMap<String, Node>();
        object.entries().forEach((key, entry) -> entries.put(key, of(entry)));
        return entries;
    }

    /** The parts of a list; none where it is no list. */
    public List<Node> items() {
        return value instanceof Value.Sequence list
                ? list.items().stream().map(Node::of).toList()
                : List.of();
    }

    /** A text, or a number or truth value as a text; empty for everything else. */
    public String text() {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Numeric number -> number.value().toPlainString();
            case Value.Bool bool -> String.valueOf(bool.value());
            default -> "";
        };
    }

    /** Whether it is the truth value {@code true}. */
    public boolean isTrue() {
        return value.equals(Value.TRUE);
    }

    public boolean isText() {
        return value instanceof Value.Text;
    }

    public boolean isObject() {
        return value instanceof Value.Mapping;
    }

    public boolean isList() {
        return value instanceof Value.Sequence;
    }

    /** Whether it is there, be it empty. */
    public boolean exists() {
        return !(value instanceof Value.Absent);
    }
}
