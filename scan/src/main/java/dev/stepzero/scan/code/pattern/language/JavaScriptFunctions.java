package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Functions, arrows and methods, with parameters that are taken apart at once. */
final class JavaScriptFunctions extends Construct {
    JavaScriptFunctions(Lowering whole) {
        super(whole);
    }

    Node function(int node) {
        var parameters = new ArrayList<Node>();
        int list = field(node, "parameters");
        int single = field(node, "parameter");
        var unpacked = new ArrayList<Node>();
        if (list >= 0) {
            var all = named(list);
            for (int i = 0; i < all.size(); i++) {
                parameters.add(parameterOf(all.get(i), whole(all, i), unpacked));
            }
        } else if (single >= 0) {
            parameters.add(parameter(single, tree.text(single), List.of()));
        }
        var body = in(node, "body");
        if (!body.is(Kind.BLOCK)) {
            body = node(Kind.BLOCK, node, "", body.is(Kind.REST) ? body : node(Kind.RETURN, node, "", body));
        }
        if (!unpacked.isEmpty()) {
            unpacked.addAll(body.children());
            body = new Node(Kind.BLOCK, body.type(), "", unpacked, body.span());
        }
        return node(
                Kind.FUNCTION,
                node,
                text(field(node, "name")),
                list(node, decorators(node)),
                list(node, parameters),
                body);
    }

    /** What a parameter is called that is taken apart at once: of a handler's, the first is its request. */
    private String whole(List<Integer> all, int index) {
        boolean isRequest = declared(all.get(index)).matches("(?s)(\\w+\\.)?\\w*Request\\b.*")
                || (index == 0 && all.size() > 1 && tree.text(all.get(1)).matches("(?s)_?(res|response|reply)\\b.*"));
        return isRequest ? "req" : "{" + index + "}";
    }

    String declared(int node) {
        return text(field(node, "type")).replaceFirst("^:\\s*", "");
    }

    /**
     * One that is taken apart gets a name, and the body begins with taking it apart. A decorator stands for the value that
     * is there if nothing is given: it brings it.
     */
    private Node parameterOf(int node, String whole, List<Node> unpacked) {
        int pattern = field(node, "pattern");
        int value = field(node, "value");
        int inner = pattern < 0 ? node : pattern;
        if (tree.kind(inner).equals("assignment_pattern")) {
            value = field(inner, "right");
            inner = field(inner, "left");
        }
        if (tree.kind(inner).equals("rest_pattern") && !named(inner).isEmpty()) {
            inner = named(inner).getFirst();
        }
        int decorator = kind(node, "decorator");
        int standard = decorator >= 0 ? decorator : value;
        var name = tree.text(inner);
        if (tree.kind(inner).endsWith("_pattern")) {
            name = whole;
            unpacked.add(new Node(
                    Kind.ASSIGN,
                    "variable_declarator",
                    "=",
                    List.of(of(inner), node(Kind.NAME, inner, whole)),
                    tree.span(inner)));
        }
        return parameter(node, name, standard < 0 ? List.of() : List.of(of(standard)))
                .declare(declared(node));
    }

    /** Decorators stand before what they are for, or within it. */
    List<Node> decorators(int node) {
        var made = new ArrayList<Node>();
        for (var each : fields(node, "decorator")) {
            made.add(of(each));
        }
        return made;
    }
}
