package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.LinkedHashSet;
import java.util.Set;

/** By what patterns are found for a piece of code: the last word of the name of what is called, or the kind alone. */
final class Keys {
    private Keys() {}

    /** The one key of a pattern. */
    static String ofPattern(Node root) {
        if (root.isCall() || root.is(Kind.NAME) || root.is(Kind.MEMBER)) {
            var named = root.isCall() ? root.child(0) : root;
            // What a call gives back, as promisify(f), may have got a name before it is called.
            boolean isMade = named.isCall() && named.paths().isEmpty();
            var name = isMade
                    ? ""
                    : named.paths().isEmpty()
                            ? named.lastName()
                            : last(named.paths().getFirst());
            if (!name.isEmpty() && !Pattern.isHole(name)) {
                return (root.isCall() ? "call " : "name ") + name;
            }
        }
        return root.kind().name();
    }

    /** All keys under which patterns may be found that match this. */
    static Set<String> ofCode(Node node) {
        if (!node.isCall() && !node.is(Kind.NAME) && !node.is(Kind.MEMBER)) {
            return Set.of(node.kind().name());
        }
        var keys = new LinkedHashSet<String>();
        var named = node.isCall() ? node.child(0) : node;
        var before = node.isCall() ? "call " : "name ";
        keys.add(before + named.lastName());
        for (var path : named.paths()) {
            keys.add(before + last(path));
        }
        keys.add(node.kind().name());
        return keys;
    }

    /** The last part of a canonical name, in which packages may stand in quotes. */
    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('"')) + 1);
    }
}
