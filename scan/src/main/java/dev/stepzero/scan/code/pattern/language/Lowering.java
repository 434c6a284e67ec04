package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Makes a neutral tree out of a grammar's. It goes down by recursion, so what lies deeper than {@link #DEEPEST} becomes a
 * leaf of the type {@link Language#TOO_DEEP}. Chains of operators and calls, which grow to the left, count as one level.
 */
abstract class Lowering extends TreeReader {
    /** How many levels of the grammar's tree are followed. */
    static final int DEEPEST = 400;

    private int depth;

    Lowering(SyntaxTree tree) {
        super(tree);
    }

    final Node root() {
        return node(Kind.BLOCK, 0, "", statements(0));
    }

    /** Whether nodes of a kind may form a long chain by their first child, as {@code a.b().c()} does. */
    abstract boolean growsLeft(String kind);

    /** The neutral node of one of those, whose first child is known. */
    abstract Node lower(int node, Node first);

    /** The neutral node of any other. */
    abstract Node lower(int node);

    @Override
    final Node of(int node) {
        var chain = new ArrayDeque<Integer>();
        int lowest = node;
        while (growsLeft(tree.kind(lowest)) && hasChild(lowest)) {
            chain.push(lowest);
            lowest = tree.first(lowest);
        }
        if (depth >= DEEPEST) {
            return new Node(Kind.OTHER, Language.TOO_DEEP, "", List.of(), tree.span(node));
        }
        depth++;
        var made =
                tree.kind(lowest).equals(SyntaxTree.ERROR) ? node(Kind.ERROR, lowest, "", all(lowest)) : lower(lowest);
        while (!chain.isEmpty()) {
            made = lower(chain.pop(), made);
        }
        depth--;
        return made;
    }

    private boolean hasChild(int node) {
        return tree.next(node) > node + 1;
    }
}
