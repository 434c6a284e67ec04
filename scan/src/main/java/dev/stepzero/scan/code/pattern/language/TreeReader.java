package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of a grammar's tree and makes neutral nodes of them: what all that do so share. */
abstract class TreeReader {
    final SyntaxTree tree;

    TreeReader(SyntaxTree tree) {
        this.tree = tree;
    }

    /** The neutral node of one of the grammar's. */
    abstract Node of(int node);

    /** Whether nodes of a kind say nothing that matters, such as comments. */
    abstract boolean meansNothing(String kind);

    /** The children without tokens and comments. */
    final List<Integer> named(int node) {
        var found = new ArrayList<Integer>();
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (!tree.isToken(child) && !meansNothing(tree.kind(child))) {
                found.add(child);
            }
        }
        return found;
    }

    /** The neutral nodes of the children without tokens. */
    final List<Node> all(int node) {
        return named(node).stream().map(this::of).toList();
    }

    /** The same, with those blocks dissolved that only stand for several statements. */
    final List<Node> statements(int node) {
        var found = new ArrayList<Node>();
        for (var child : named(node)) {
            var made = of(child);
            if (made.is(Kind.BLOCK) && made.type().equals(Language.SEVERAL)) {
                found.addAll(made.children());
            } else {
                found.add(made);
            }
        }
        return found;
    }

    /** The neutral node of the first child that is no token; an empty block where there is none. */
    final Node only(int node) {
        var children = named(node);
        return children.isEmpty() ? node(Kind.BLOCK, node, "") : of(children.getFirst());
    }

    /** The child in a field; -1 if there is none. */
    final int field(int node, String name) {
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.field(child).equals(name)) {
                return child;
            }
        }
        return -1;
    }

    final List<Integer> fields(int node, String name) {
        var found = new ArrayList<Integer>();
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.field(child).equals(name) && !tree.isToken(child)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The first child of a kind; -1 if there is none. */
    final int kind(int node, String kind) {
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.kind(child).equals(kind)) {
                return child;
            }
        }
        return -1;
    }

    /** The neutral node of a field; an empty block where there is none. */
    final Node in(int node, String field) {
        int child = field(node, field);
        return child < 0 ? node(Kind.BLOCK, node, "", List.of()) : of(child);
    }

    final String text(int node) {
        return node < 0 ? "" : tree.text(node);
    }

    final Node node(Kind kind, int node, String value, List<Node> children) {
        return new Node(kind, tree.kind(node), value, children, tree.span(node));
    }

    final Node node(Kind kind, int node, String value, Node... children) {
        return node(kind, node, value, List.of(children));
    }

    /** Several statements where the grammar has one. */
    final Node several(int node, List<Node> statements) {
        return new Node(Kind.BLOCK, Language.SEVERAL, "", statements, tree.span(node));
    }

    final Node list(int node, List<Node> children) {
        return node(Kind.LIST, node, "", children);
    }

    final Node name(int node, String value) {
        return node(value.equals(Language.REST) ? Kind.REST : Kind.NAME, node, value);
    }

    /** What is spread out; with the hole for any number, that hole. */
    final Node spread(int node, String how, Node value) {
        return value.is(Kind.REST) ? value : node(Kind.SPREAD, node, how, value);
    }

    final Node parameter(int node, String name, List<Node> defaults) {
        return node(name.equals(Language.REST) ? Kind.REST : Kind.PARAMETER, node, name, defaults);
    }

    final Node other(int node) {
        return node(Kind.OTHER, node, "", statements(node));
    }

    /** An operator before a value; a number takes its sign in. */
    final Node signed(int node, String operator, Node value) {
        return operator.equals("-") && value.is(Kind.NUMBER)
                ? node(Kind.NUMBER, node, "-" + value.value())
                : node(Kind.UNARY, node, operator, value);
    }
}
