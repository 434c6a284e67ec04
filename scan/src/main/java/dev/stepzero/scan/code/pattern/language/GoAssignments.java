package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Assignments and declarations, of several variables at once, too. */
final class GoAssignments extends Construct {
    private static final Set<String> OUTCOMES = Set.of("err", "ok", "_");

    GoAssignments(Lowering whole) {
        super(whole);
    }

    Node assignment(int node) {
        var operator = text(field(node, "operator"));
        return assigned(
                node, operator.isEmpty() ? "=" : operator, list(field(node, "left")), list(field(node, "right")), "");
    }

    /** {@code var} and {@code const}: a variable without a value has one that is nothing in particular. */
    Node declaration(int node) {
        var names = fields(node, "name").stream().map(this::of).toList();
        int value = field(node, "value");
        var type = text(field(node, "type")).replaceFirst("^[*]+", "");
        return value < 0
                ? one(
                        node,
                        names.stream()
                                .map(each -> node(Kind.ASSIGN, node, "=", each, node(Kind.OTHER, node, ""))
                                        .declare(type))
                                .toList())
                : assigned(node, "=", names, list(value), type);
    }

    /** Of {@code x, err := f()} only {@code x} is assigned: what went in seldom comes out in an error or a yes. */
    private Node assigned(int node, String operator, List<Node> all, List<Node> values, String type) {
        var targets =
                all.size() > 1 && values.size() == 1 && isOutcome(all.getLast()) ? all.subList(0, all.size() - 1) : all;
        if (targets.size() != values.size() || targets.size() == 1) {
            var target = targets.size() == 1 ? targets.getFirst() : list(node, targets);
            var value = values.size() == 1 ? values.getFirst() : list(node, values);
            return node(Kind.ASSIGN, node, operator, target, value).declare(type);
        }
        var made = new ArrayList<Node>();
        for (int i = 0; i < targets.size(); i++) {
            made.add(node(Kind.ASSIGN, node, operator, targets.get(i), values.get(i))
                    .declare(type));
        }
        return several(node, made);
    }

    private static boolean isOutcome(Node target) {
        return target.is(Kind.NAME) && OUTCOMES.contains(target.value());
    }

    private Node one(int node, List<Node> made) {
        return made.size() == 1 ? made.getFirst() : several(node, made);
    }

    List<Node> list(int node) {
        return node < 0 ? List.of() : tree.kind(node).equals("expression_list") ? all(node) : List.of(of(node));
    }
}
