package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;

/** Literals of text, templates, and words that stand for texts, such as the names of properties. */
final class JavaScriptTexts extends Construct {
    JavaScriptTexts(Lowering whole) {
        super(whole);
    }

    /** A property's name; a hole for any number of them where a pattern has that. */
    Node word(int node) {
        return tree.text(node).equals(Language.REST)
                ? name(node, Language.REST)
                : node(Kind.TEXT, node, tree.text(node));
    }

    Node shorthand(int node) {
        var name = tree.text(node);
        return name.equals(Language.REST)
                ? name(node, name)
                : node(Kind.PAIR, node, "", node(Kind.TEXT, node, name), name(node, name));
    }

    Node string(int node) {
        var parts = new ArrayList<Node>();
        var constant = new StringBuilder();
        boolean isConstant = true;
        for (var child : named(node)) {
            switch (tree.kind(child)) {
                case "string_fragment", "html_character_reference" ->
                    parts.add(node(Kind.TEXT, child, tree.text(child)));
                case "escape_sequence" -> parts.add(node(Kind.TEXT, child, Escapes.decoded(tree.text(child))));
                default -> {
                    parts.add(of(child));
                    isConstant = false;
                }
            }
            constant.append(parts.getLast().value());
        }
        return isConstant ? node(Kind.TEXT, node, constant.toString()) : node(Kind.TEMPLATE, node, "", parts);
    }
}
