package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Composite literals: a struct's becomes {@link Kind#NEW} with its fields as {@link Kind#KEYWORD}. */
final class GoLiterals extends Construct {
    private static final Set<String> FREE_KEYS =
            Set.of("map_type", "slice_type", "array_type", "implicit_length_array_type");

    GoLiterals(Lowering whole) {
        super(whole);
    }

    Node literal(int node) {
        int type = field(node, "type");
        int body = field(node, "body");
        var kind = type < 0 ? "" : tree.kind(type);
        if (type < 0 || body < 0) {
            return other(node);
        }
        if (FREE_KEYS.contains(kind)) {
            return node(
                    kind.equals("map_type") ? Kind.MAP : Kind.LIST,
                    node,
                    tree.text(type).replaceAll("\\s", ""),
                    elements(body, false));
        }
        var parts = new ArrayList<>(List.of(of(type)));
        parts.addAll(elements(body, true));
        return node(Kind.NEW, node, "", parts);
    }

    /** @param hasFields whether a key that is a word is the name of a field */
    List<Node> elements(int body, boolean hasFields) {
        var elements = new ArrayList<Node>();
        for (var each : named(body)) {
            elements.add(tree.kind(each).equals("keyed_element") ? keyed(each, hasFields) : of(each));
        }
        return elements;
    }

    private Node keyed(int node, boolean hasFields) {
        var parts = named(node);
        if (parts.size() != 2) {
            return other(node);
        }
        var key = of(parts.getFirst());
        var value = of(parts.getLast());
        return hasFields && key.is(Kind.NAME)
                ? node(Kind.KEYWORD, node, key.value(), value)
                : node(Kind.PAIR, node, "", key, value);
    }
}
