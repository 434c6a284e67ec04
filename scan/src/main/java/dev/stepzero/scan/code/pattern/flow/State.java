package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.match.Constants;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What variables have of outside in them at one point of a function. A variable's parts have names of their own, such as
 * {@code self.name}; those that are not known by name are together in one.
 */
final class State {
    /** What parts hold that are not known by name, and what those hold that are. */
    private static final String PARTS = ".*";

    private static final String NAMED = ".+";
    private static final int MOST = 2000;
    private static final int DEEPEST = 6;

    private final Map<String, Taint> taints;

    /** Whether what follows is never reached. */
    boolean isOver;

    State() {
        taints = new HashMap<>();
    }

    State(State other) {
        taints = new HashMap<>(other.taints);
        isOver = other.isOver;
    }

    /** What names a place that can hold something; empty for other expressions. */
    static Optional<String> place(Node node, Constants constants) {
        return place(node, constants, 0);
    }

    private static Optional<String> place(Node node, Constants constants, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        return switch (node.kind()) {
            case NAME, PARAMETER -> Optional.of(node.value()).filter(name -> !name.isEmpty());
            case MEMBER -> place(node.child(0), constants, depth + 1).map(object -> object + "." + node.value());
            case INDEX ->
                node.children().size() == 2
                        ? constants
                                .text(node.child(1))
                                .or(() -> node.child(1).is(Kind.NUMBER)
                                        ? Optional.of(node.child(1).value())
                                        : Optional.empty())
                                .flatMap(key -> place(node.child(0), constants, depth + 1)
                                        .map(object -> object + "." + key))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** What a place itself holds, if anything was said of it. */
    Optional<Taint> at(String place) {
        return Optional.ofNullable(taints.get(place));
    }

    /** What a place and all its parts hold. */
    Taint all(String place) {
        return unnamed(place).and(taints.getOrDefault(place + NAMED, Taint.NONE));
    }

    /** What a part of a place holds of which nothing was said. */
    Taint unnamed(String place) {
        return taints.getOrDefault(place, Taint.NONE).and(taints.getOrDefault(place + PARTS, Taint.NONE));
    }

    /** Says that nothing was said of a place. */
    void forget(String place) {
        taints.keySet()
                .removeIf(
                        each -> each.equals(place) || (each.startsWith(place) && each.startsWith(".", place.length())));
    }

    /** Says what a place holds from now on. */
    void put(String place, Taint taint) {
        if (taints.size() >= MOST && !taints.containsKey(place)) {
            return;
        }
        taints.keySet().removeIf(each -> each.startsWith(place) && each.startsWith(".", place.length()));
        taints.put(place, taint);
        int dot = place.lastIndexOf('.');
        if (dot > 0) {
            var object = place.substring(0, dot);
            if (!taint.isNone()) {
                taints.merge(object + NAMED, taint, Taint::and);
            }
        }
    }

    /** Says what some part of a place holds, beside what it held. */
    void add(String place, Taint taint) {
        if (!taint.isNone()) {
            taints.merge(place + PARTS, taint, Taint::and);
        }
    }

    /** What holds after one way or the other. */
    State or(State other) {
        if (isOver) {
            return other;
        }
        if (other.isOver) {
            return this;
        }
        other.taints.forEach((place, taint) -> taints.merge(place, taint, Taint::and));
        return this;
    }

    /** Becomes the same as another. */
    void become(State other) {
        if (other == this) {
            return;
        }
        taints.clear();
        taints.putAll(other.taints);
        isOver = other.isOver;
    }
}
