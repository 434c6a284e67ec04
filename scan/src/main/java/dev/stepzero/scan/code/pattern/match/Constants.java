package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.Optional;

/** What can be told of values without running the program. Not for use by several threads. */
public final class Constants {
    private static final int DEEPEST = 60;
    private static final int MOST_STEPS = 10_000;
    private static final int LONGEST = 1 << 16;

    private final SourceText source;
    private int steps;

    public Constants(SourceText source) {
        this.source = source;
    }

    /** The text that an expression always is; empty where it is none or cannot be told. */
    public Optional<String> text(Node node) {
        steps = 0;
        return text(node, 0);
    }

    private Optional<String> text(Node node, int depth) {
        if (depth > DEEPEST || steps++ > MOST_STEPS) {
            return Optional.empty();
        }
        return switch (node.kind()) {
            case TEXT -> Optional.of(node.value());
            case TEMPLATE -> joined(node, depth);
            case BINARY -> node.value().equals("+") ? joined(node, depth) : Optional.empty();
            case NAME -> {
                var held = source.held(node);
                yield held.is(Kind.NAME) ? Optional.empty() : text(held, depth + 1);
            }
            default -> Optional.empty();
        };
    }

    private Optional<String> joined(Node node, int depth) {
        var all = new StringBuilder();
        for (var part : node.children()) {
            var text = text(part, depth + 1);
            if (text.isEmpty() || all.length() > LONGEST) {
                return Optional.empty();
            }
            all.append(text.get());
        }
        return Optional.of(all.toString());
    }

    /** The number that an expression always is. */
    public Optional<Double> number(Node node) {
        var held = source.held(node);
        try {
            return held.is(Kind.NUMBER) ? Optional.of(Double.valueOf(held.value())) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Whether an expression always is the same. */
    public boolean isConstant(Node node) {
        steps = 0;
        return isConstant(node, 0);
    }

    private boolean isConstant(Node node, int depth) {
        if (depth > DEEPEST || steps++ > MOST_STEPS) {
            return false;
        }
        return switch (node.kind()) {
            case TEXT, NUMBER, CONSTANT -> true;
            case TEMPLATE, BINARY, UNARY, LIST, MAP, PAIR, CONDITIONAL, SPREAD ->
                node.children().stream().allMatch(each -> isConstant(each, depth + 1));
            case NAME -> {
                var held = source.held(node);
                // What begins empty is filled later.
                boolean isFilled = (held.is(Kind.LIST) || held.is(Kind.MAP))
                        && held.children().isEmpty();
                yield !held.is(Kind.NAME) && !isFilled && isConstant(held, depth + 1);
            }
            default -> false;
        };
    }
}
