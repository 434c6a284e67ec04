package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes a neutral tree out of a grammar's. It goes down by recursion, so what lies deeper than {@link #DEEPEST} becomes a
 * leaf of the type {@link Language#TOO_DEEP}. Chains of operators and calls, which grow to the left, count as one level.
 */
abstract class Lowering {
    /** How many levels of the grammar's tree are followed. */
    static final int DEEPEST = 400;

    protected final SyntaxTree tree;
    private int depth;

    Lowering(SyntaxTree tree) {
        this.tree = tree;
    }

    final Node root() {
        return node(Kind.BLOCK, 0, "", statements(0));
    }

    /** The neutral node of one that is not of {@link #leftward}. */
    protected abstract Node lower(int node);

    /** The kinds of nodes that may form a long chain by their first child, without recursion. */
    protected abstract Set<String> leftward();

    /** The neutral node of one of those, whose first child is known. */
    protected abstract Node lower(int node, Node first);

    /** The kinds of nodes that mean nothing. */
    protected abstract boolean isNothing(String kind);

    protected final Node of(int node) {
        var chain = new ArrayDeque<Integer>();
        int lowest = node;
        while (leftward().contains(tree.kind(lowest)) && hasChild(lowest)) {
            chain.push(lowest);
            lowest = tree.first(lowest);
        }
        if (depth >= DEEPEST) {
            return new Node(Kind.OTHER, Language.TOO_DEEP, "", List.of(), tree.span(node));
        }
        depth++;
        var made = tree.kind(lowest).equals(SyntaxTree.ERROR)
                ? node(Kind.ERROR, lowest, "", errors(lowest))
                : lower(lowest);
        while (!chain.isEmpty()) {
            made = lower(chain.pop(), made);
        }
        depth--;
        return made;
    }

    /** What could be read of a part with an error. */
    private List<Node> errors(int node) {
        return all(node);
    }

    private boolean hasChild(int node) {
        return tree.next(node) > node + 1;
    }

    /** The children without tokens and comments. */
    protected final List<Integer> named(int node) {
        var found = new ArrayList<Integer>();
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (!tree.isToken(child) && !isNothing(tree.kind(child))) {
                found.add(child);
            }
        }
        return found;
    }

    /** The neutral nodes of the children without tokens. */
    protected final List<Node> all(int node) {
        return named(node).stream().map(this::of).toList();
    }

    /** The same, with those blocks dissolved that only stand for several statements. */
    protected final List<Node> statements(int node) {
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

    /** The child in a field; -1 if there is none. */
    protected final int field(int node, String name) {
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.field(child).equals(name)) {
                return child;
            }
        }
        return -1;
    }

    protected final List<Integer> fields(int node, String name) {
        var found = new ArrayList<Integer>();
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.field(child).equals(name) && !tree.isToken(child)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The first child of a kind; -1 if there is none. */
    protected final int kind(int node, String kind) {
        for (int child = tree.first(node); child < tree.next(node); child = tree.next(child)) {
            if (tree.kind(child).equals(kind)) {
                return child;
            }
        }
        return -1;
    }

    /** The neutral node of a field; an empty block where there is none. */
    protected final Node in(int node, String field) {
        int child = field(node, field);
        return child < 0 ? node(Kind.BLOCK, node, "", List.of()) : of(child);
    }

    protected final String text(int node) {
        return node < 0 ? "" : tree.text(node);
    }

    protected final Node node(Kind kind, int node, String value, List<Node> children) {
        return new Node(kind, tree.kind(node), value, children, tree.span(node));
    }

    protected final Node node(Kind kind, int node, String value, Node... children) {
        return node(kind, node, value, List.of(children));
    }

    /** Several statements where the grammar has one. */
    protected final Node several(int node, List<Node> statements) {
        return new Node(Kind.BLOCK, Language.SEVERAL, "", statements, tree.span(node));
    }

    protected final Node list(int node, List<Node> children) {
        return node(Kind.LIST, node, "", children);
    }

    protected final Node name(int node, String value) {
        return node(value.equals(Language.REST) ? Kind.REST : Kind.NAME, node, value);
    }

    /** What is spread out; with the hole for any number, that hole. */
    protected final Node spread(int node, String how, Node value) {
        return value.is(Kind.REST) ? value : node(Kind.SPREAD, node, how, value);
    }

    protected final Node parameter(int node, String name, List<Node> defaults) {
        return node(name.equals(Language.REST) ? Kind.REST : Kind.PARAMETER, node, name, defaults);
    }

    protected final Node other(int node) {
        return node(Kind.OTHER, node, "", statements(node));
    }
}
