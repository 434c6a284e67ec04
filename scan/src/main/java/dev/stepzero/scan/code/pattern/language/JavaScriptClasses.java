package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** Classes, their fields and members, and what decorators are for. */
final class JavaScriptClasses extends Construct {
    private final JavaScriptFunctions functions;

    JavaScriptClasses(Lowering whole, JavaScriptFunctions functions) {
        super(whole);
        this.functions = functions;
    }

    Node type(int node) {
        var above = new ArrayList<Node>();
        int heritage = kind(node, "class_heritage");
        if (heritage >= 0) {
            above.addAll(all(heritage));
        }
        var members = new ArrayList<Node>();
        int body = field(node, "body");
        if (body >= 0) {
            members(body, members);
        }
        return node(
                Kind.CLASS,
                node,
                text(field(node, "name")),
                list(node, functions.decorators(node)),
                list(node, above),
                node(Kind.BLOCK, body < 0 ? node : body, "", members));
    }

    /** The grammar has a method's decorators before it. */
    private void members(int body, List<Node> members) {
        var decorators = new ArrayList<Node>();
        for (var each : named(body)) {
            var made = of(each);
            if (tree.kind(each).equals("decorator")) {
                decorators.add(made);
            } else {
                members.add(made.is(Kind.FUNCTION) && !decorators.isEmpty() ? decorated(made, decorators) : made);
                decorators.clear();
            }
        }
    }

    /** A function or class with the decorators that the grammar has before it. */
    static Node decorated(Node definition, List<Node> decorators) {
        var list = new Node(Kind.LIST, "decorators", "", decorators, definition.span());
        return new Node(
                definition.kind(),
                definition.type(),
                definition.value(),
                List.of(list, definition.child(1), definition.child(2)),
                definition.span());
    }

    Node field(int node) {
        int value = field(node, "value");
        int name = field(node, "name") >= 0 ? field(node, "name") : field(node, "property");
        if (value < 0 || name < 0) {
            return other(node);
        }
        var target = node(Kind.MEMBER, name, tree.text(name), node(Kind.NAME, name, "this"));
        return node(Kind.ASSIGN, node, "=", target, of(value));
    }
}
