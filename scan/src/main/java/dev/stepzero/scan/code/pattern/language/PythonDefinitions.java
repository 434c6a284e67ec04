package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Functions, lambdas and classes with their decorators. */
final class PythonDefinitions extends Construct {
    PythonDefinitions(Lowering whole) {
        super(whole);
    }

    Node function(int node, List<Node> decorators) {
        var parameters = new ArrayList<Node>();
        int list = field(node, "parameters");
        if (list >= 0) {
            for (var each : named(list)) {
                parameters.add(parameter(each));
            }
        }
        var body = in(node, "body");
        if (!body.is(Kind.BLOCK)) {
            body = node(Kind.BLOCK, node, "", node(Kind.RETURN, node, "", body));
        }
        return node(
                Kind.FUNCTION, node, text(field(node, "name")), list(node, decorators), list(node, parameters), body);
    }

    Node parameter(int node) {
        return switch (tree.kind(node)) {
            case "identifier" -> parameter(node, tree.text(node), List.of());
            case "default_parameter", "typed_default_parameter" ->
                parameter(node, text(field(node, "name")), List.of(in(node, "value")))
                        .declare(text(field(node, "type")));
            case "typed_parameter" ->
                parameter(node, text(named(node).getFirst()).replaceFirst("^\\*+", ""), List.of())
                        .declare(text(field(node, "type")));
            case "list_splat_pattern", "dictionary_splat_pattern" ->
                parameter(node, tree.text(node).replaceFirst("^\\*+", ""), List.of());
            default -> parameter(node, "", all(node));
        };
    }

    Node type(int node, List<Node> decorators) {
        int above = field(node, "superclasses");
        return node(
                Kind.CLASS,
                node,
                text(field(node, "name")),
                list(node, decorators),
                list(node, above < 0 ? List.of() : all(above)),
                in(node, "body"));
    }

    Node decorated(int node) {
        var decorators = new ArrayList<Node>();
        for (var each : named(node)) {
            if (tree.kind(each).equals("decorator")) {
                decorators.add(of(each));
            }
        }
        int definition = field(node, "definition");
        if (definition < 0) {
            return other(node);
        }
        return tree.kind(definition).equals("class_definition")
                ? type(definition, decorators)
                : function(definition, decorators);
    }
}
