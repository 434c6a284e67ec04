package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.Set;

/** What is known of statements that have no kind of their own: which of their parts may be left out. */
final class Branches {
    private static final Set<String> CASES = Set.of(
            "match_statement",
            "switch_statement",
            "switch_body",
            "expression_switch_statement",
            "type_switch_statement",
            "select_statement");
    private static final Set<String> TRY = Set.of("try_statement");
    private static final Set<String> JUMPS =
            Set.of("break_statement", "continue_statement", "goto_statement", "fallthrough_statement");

    private Branches() {}

    /** Whether only one of its parts is run. */
    static boolean areCases(Node statement) {
        return CASES.contains(statement.type());
    }

    static boolean hasMany(Node statement) {
        return areCases(statement) || TRY.contains(statement.type());
    }

    static boolean goesElsewhere(Node statement) {
        return JUMPS.contains(statement.type());
    }

    /** Whether a part is run in some cases only. */
    static boolean isMaybe(Node part, Node statement) {
        return hasMany(statement)
                && (part.is(Kind.BLOCK) || part.is(Kind.OTHER))
                && !part.type().startsWith("finally");
    }
}
