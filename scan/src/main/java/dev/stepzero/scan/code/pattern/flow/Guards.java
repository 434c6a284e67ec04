package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.match.Constants;
import dev.stepzero.scan.code.pattern.match.SourceText;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a test says of the values in it: one that is in a list of one's own, or has a form, does no harm. */
final class Guards {
    private static final Set<String> EQUAL = Set.of("==", "===", "is");
    private static final Set<String> UNEQUAL = Set.of("!=", "!==", "is not");
    private static final Set<String> MEMBERSHIP = Set.of("includes", "has", "Contains", "hasOwnProperty", "hasOwn");
    private static final Set<String> FORM =
            Set.of("isdigit", "isalnum", "isnumeric", "isdecimal", "isidentifier", "isalpha");
    private static final Set<String> EXPRESSION = Set.of("fullmatch", "match", "test", "MatchString");
    private static final int DEEPEST = 30;

    private final SourceText source;
    private final Constants constants;

    Guards(SourceText source, Constants constants) {
        this.source = source;
        this.constants = constants;
    }

    /**
     * The places whose values are harmless.
     *
     * @param holds whether the test came out true
     * @param isClean whether a value has nothing of outside in it
     */
    List<String> harmless(Node test, boolean holds, Predicate<Node> isClean) {
        var found = new ArrayList<Node>();
        collect(test, holds, isClean, found, 0);
        return found.stream()
                .flatMap(each -> State.place(each, constants).stream())
                .toList();
    }

    private void collect(Node test, boolean holds, Predicate<Node> isClean, List<Node> found, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (test.kind()) {
            case UNARY -> {
                if (test.value().equals("not") || test.value().equals("!")) {
                    collect(test.child(0), !holds, isClean, found, depth + 1);
                }
            }
            case BINARY -> operation(test, holds, isClean, found, depth);
            case CALL -> {
                if (holds) {
                    call(test, isClean, found);
                }
            }
            case INDEX -> {
                if (holds && test.children().size() == 2 && isClean.test(test.child(0))) {
                    found.add(test.child(1));
                }
            }
            case NAME -> {
                var held = source.held(test);
                if (held != test && !held.is(Kind.NAME)) {
                    collect(held, holds, isClean, found, depth + 10);
                }
            }
            default -> {}
        }
    }

    private void operation(Node test, boolean holds, Predicate<Node> isClean, List<Node> found, int depth) {
        var operator = test.value();
        boolean isAnd = operator.equals("and") || operator.equals("&&");
        boolean isOr = operator.equals("or") || operator.equals("||");
        if ((isAnd && holds) || (isOr && !holds)) {
            collect(test.child(0), holds, isClean, found, depth + 1);
            collect(test.child(1), holds, isClean, found, depth + 1);
        } else if ((operator.equals("in") && holds) || (operator.equals("not in") && !holds)) {
            if (isClean.test(test.child(1)) && !test.child(1).is(Kind.TEXT)) {
                found.add(test.child(0));
            }
        } else if ((EQUAL.contains(operator) && holds) || (UNEQUAL.contains(operator) && !holds)) {
            if (isValue(test.child(1))) {
                found.add(test.child(0));
            } else if (isValue(test.child(0))) {
                found.add(test.child(1));
            }
        }
    }

    /** Being equal to nothing says nothing. */
    private boolean isValue(Node node) {
        return constants.isConstant(node) && !node.is(Kind.CONSTANT);
    }

    private static void call(Node call, Predicate<Node> isClean, List<Node> found) {
        var callee = call.child(0);
        var name = callee.lastName();
        if (FORM.contains(name) && callee.is(Kind.MEMBER)) {
            found.add(callee.child(0));
        } else if (MEMBERSHIP.contains(name) && callee.is(Kind.MEMBER) && isClean.test(callee.child(0))) {
            call.from(1).forEach(found::add);
        } else if (EXPRESSION.contains(name) && callee.is(Kind.MEMBER) && isClean.test(callee.child(0))) {
            call.from(1).forEach(found::add);
        }
    }
}
