package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;

/**
 * Code with holes.
 *
 * @param text as the rule file has it
 * @param source what is known of the names in it
 */
public record Pattern(String text, SourceText source, Node root) {
    /** Whether a node is a hole for any one expression. */
    static boolean isHole(Node node) {
        return node.is(Kind.NAME) && isHole(node.value());
    }

    static boolean isHole(String name) {
        return name.startsWith(Language.HOLE) && !name.equals(Language.REST);
    }

    /** The name of a hole without {@code $}. */
    static String name(String hole) {
        return hole.substring(Language.HOLE.length());
    }

    /** What code must have so that it can match; see {@link Keys}. */
    String key() {
        return Keys.ofPattern(root);
    }
}
