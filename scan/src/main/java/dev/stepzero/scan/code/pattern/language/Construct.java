package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Node;

/** A family of constructs of a language, such as its functions: how their neutral nodes are made. */
abstract class Construct extends TreeReader {
    private final Lowering whole;

    /** @param whole what makes the nodes of everything that stands within them */
    Construct(Lowering whole) {
        super(whole.tree);
        this.whole = whole;
    }

    @Override
    final Node of(int node) {
        return whole.of(node);
    }

    @Override
    final boolean meansNothing(String kind) {
        return whole.meansNothing(kind);
    }
}
