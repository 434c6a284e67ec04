package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Functions and methods. */
final class GoFunctions extends Construct {
    GoFunctions(Lowering whole) {
        super(whole);
    }

    /** A method's receiver is its first parameter, of the type {@code receiver}. */
    Node function(int node) {
        var body = in(node, "body");
        var parameters = new ArrayList<Node>();
        for (var each : parameters(field(node, "receiver"))) {
            parameters.add(new Node(Kind.PARAMETER, "receiver", each.value(), List.of(), each.span())
                    .declare(each.declared()));
        }
        parameters.addAll(parameters(field(node, "parameters")));
        return node(
                Kind.FUNCTION,
                node,
                text(field(node, "name")),
                list(node, List.of()),
                list(node, parameters),
                body.is(Kind.BLOCK) ? body : node(Kind.BLOCK, node, "", body));
    }

    private List<Node> parameters(int node) {
        var parameters = new ArrayList<Node>();
        for (var each : node < 0 ? List.<Integer>of() : named(node)) {
            var type = text(field(each, "type")).replaceFirst("^[*]+", "");
            var names = fields(each, "name");
            if (names.isEmpty()) {
                parameters.add(parameter(each, type.equals(Language.REST) ? type : "", List.of())
                        .declare(type));
            }
            names.forEach(name ->
                    parameters.add(parameter(name, tree.text(name), List.of()).declare(type)));
        }
        return parameters;
    }
}
