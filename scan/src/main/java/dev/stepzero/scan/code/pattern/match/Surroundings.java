package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.rule.Clause;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a clause asks beside its pattern: what must be around the code, and of its holes. */
final class Surroundings {
    private static final int FARTHEST = 2000;
    private static final int MOST_BELOW = 5000;

    private final Matcher matcher;
    private final SourceText source;
    private final CompiledClause clause;

    Surroundings(Matcher matcher, SourceText source, CompiledClause clause) {
        this.matcher = matcher;
        this.source = source;
        this.clause = clause;
    }

    /** Whether a match counts, where this is what its holes stand for. */
    boolean allow(Node code, Holes holes) {
        return isImported()
                && clause.unless().stream().noneMatch(each -> fits(each, code, holes))
                && (clause.inside().isEmpty()
                        ? areAllowed(holes)
                        : isWithin(clause.inside(), code, holes, this::areAllowed))
                && !isWithin(clause.outside(), code, holes, _ -> true)
                && clause.contains().stream().allMatch(each -> isBelow(each, code, holes))
                && clause.lacks().stream().noneMatch(each -> isBelow(each, code, holes))
                && !isBeside(code, holes);
    }

    private boolean isBelow(dev.stepzero.scan.code.pattern.match.Pattern pattern, Node code, Holes holes) {
        var open = new ArrayDeque<>(code.children());
        for (int i = 0; i < MOST_BELOW && !open.isEmpty(); i++) {
            var below = open.pop();
            if (fits(pattern, below, holes)) {
                return true;
            }
            below.children().forEach(open::push);
        }
        return false;
    }

    private boolean fits(Pattern pattern, Node code, Holes holes) {
        return fits(pattern, code, holes, _ -> true);
    }

    /** @param isEnough what must hold of all holes, those of this pattern with them */
    private boolean fits(Pattern pattern, Node code, Holes holes, Predicate<Holes> isEnough) {
        var known = new Holes(holes);
        return matcher.matches(pattern, code, known, () -> isEnough.test(known));
    }

    private boolean isImported() {
        return clause.imports().isEmpty() || clause.imports().stream().anyMatch(source::isImported);
    }

    /** Whether something that must not be there stands in the same function, or beside it outside of all functions. */
    private boolean isBeside(Node code, Holes holes) {
        return !clause.without().isEmpty()
                && source.nodes().stream()
                        .filter(each -> each.function() == code.function())
                        .anyMatch(each -> clause.without().stream().anyMatch(pattern -> fits(pattern, each, holes)));
    }

    private boolean areAllowed(Holes holes) {
        return clause.where().entrySet().stream().allMatch(each -> holds(each.getKey(), each.getValue(), holes));
    }

    private boolean isWithin(List<Pattern> patterns, Node code, Holes holes, Predicate<Holes> isEnough) {
        if (patterns.isEmpty()) {
            return false;
        }
        Optional<Node> at = code.parent();
        for (int i = 0; i < FARTHEST && at.isPresent(); i++) {
            var around = at.get();
            if (patterns.stream().anyMatch(each -> fits(each, around, holes, isEnough))) {
                return true;
            }
            at = around.parent();
        }
        return false;
    }

    private boolean holds(String hole, Clause.Condition condition, Holes holes) {
        var node = holes.get(hole);
        if (node.isEmpty()) {
            return true;
        }
        var code = node.get();
        var constants = matcher.constants();
        var text = constants.text(code).orElseGet(() -> plain(code));
        return condition.text().map(each -> each.matcher(text).find()).orElse(true)
                && !condition.not().map(each -> each.matcher(text).find()).orElse(false)
                && condition
                        .name()
                        .map(each -> each.matcher(source.text(code)).find())
                        .orElse(true)
                && condition
                        .constant()
                        .map(each -> each == constants.isConstant(code))
                        .orElse(true)
                && condition.type().map(each -> isOf(code, each)).orElse(true)
                && (condition.below().isEmpty()
                        || constants
                                .number(code)
                                .filter(each -> each < condition.below().getAsDouble())
                                .isPresent())
                && (condition.above().isEmpty()
                        || constants
                                .number(code)
                                .filter(each -> each > condition.above().getAsDouble())
                                .isPresent());
    }

    private boolean isOf(Node code, java.util.regex.Pattern type) {
        return type.matcher(source.declaredType(code)).find();
    }

    /** A name's canonical form, or the code itself. */
    private String plain(Node code) {
        if (!code.paths().isEmpty()) {
            return code.paths().getFirst();
        }
        return switch (code.kind()) {
            case FUNCTION, PARAMETER, KEYWORD, MEMBER -> code.is(Kind.MEMBER) ? source.text(code) : code.value();
            default -> source.text(source.held(code));
        };
    }
}
