package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.rule.Clause;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.List;
import java.util.ArrayDeque;
import java.util.Optional;

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
        return clause.where().entrySet().stream().allMatch(each -> holds(each.getKey(), each.getValue(), holes))
                && clause.unless().stream().noneMatch(each -> fits(each, code, holes))
                && (clause.inside().isEmpty() || isWithin(clause.inside(), code, holes))
                && !isWithin(clause.outside(), code, holes)
                && clause.contains().stream().allMatch(each -> isBelow(each, code, holes))
                && clause.lacks().stream().noneMatch(each -> isBelow(each, code, holes));
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
        return matcher.matches(pattern, code, new Holes(holes), () -> true);
    }

    private boolean isWithin(List<Pattern> patterns, Node code, Holes holes) {
        if (patterns.isEmpty()) {
            return false;
        }
        Optional<Node> at = code.parent();
        for (int i = 0; i < FARTHEST && at.isPresent(); i++) {
            var around = at.get();
            if (patterns.stream().anyMatch(each -> fits(each, around, holes))) {
                return true;
            }
            at = around.parent();
        }
        return false;
    }

    private boolean holds(String hole, Clause.Condition condition, Holes holes) {
        var node = holes.get(hole);
        if (node.isEmpty()) {
            return false;
        }
        var code = node.get();
        var constants = matcher.constants();
        var text = constants.text(code).orElseGet(() -> plain(code));
        return condition.text().map(each -> each.matcher(text).find()).orElse(true)
                && !condition.not().map(each -> each.matcher(text).find()).orElse(false)
                && condition.name().map(each -> each.matcher(source.text(code)).find()).orElse(true)
                && condition.constant().map(each -> each == constants.isConstant(code)).orElse(true)
                && condition.type().map(each -> isOf(code, each)).orElse(true)
                && (condition.below().isEmpty()
                        || constants.number(code).filter(each -> each < condition.below().getAsDouble()).isPresent())
                && (condition.above().isEmpty()
                        || constants.number(code).filter(each -> each > condition.above().getAsDouble()).isPresent());
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
