package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;

/** Elements of JSX. */
final class JavaScriptElements extends Construct {
    JavaScriptElements(Lowering whole) {
        super(whole);
    }

    /** {@code <a href={x}>y</a>}: a call of the element's name with attributes by name, then what is in it. */
    Node element(int node) {
        int open = field(node, "open_tag") >= 0 ? field(node, "open_tag") : node;
        var parts = new ArrayList<Node>();
        parts.add(in(open, "name"));
        for (var each : fields(open, "attribute")) {
            parts.add(of(each));
        }
        if (open != node) {
            for (var each : named(node)) {
                if (!tree.kind(each).equals("jsx_opening_element")
                        && !tree.kind(each).equals("jsx_closing_element")) {
                    parts.add(of(each));
                }
            }
        }
        return new Node(Kind.CALL, "jsx", "", parts, tree.span(node));
    }

    Node attribute(int node) {
        var parts = named(node);
        var name = text(parts.getFirst());
        if (name.equals(Language.REST)) {
            return name(node, name);
        }
        return node(Kind.KEYWORD, node, name, parts.size() > 1 ? of(parts.get(1)) : node(Kind.CONSTANT, node, "true"));
    }
}
