package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a value has of outside in it. */
final class Taint {
    private static final String RANDOM = "random";
    static final Taint NONE = new Taint(List.of());

    private final List<Part> parts;

    /**
     * What comes from one kind of source.
     *
     * @param harmlessFor the rules that it was made harmless for
     */
    private record Part(String kind, Set<String> harmlessFor, Trail trail) {}

    private Taint(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static Taint of(Mark.From source, Node node) {
        return new Taint(List.of(new Part(source.kind(), Set.of(), Trail.begin(source.what() + " comes in", node))));
    }

    boolean isNone() {
        return parts.isEmpty();
    }

    /** Both together: what is harmless in one only is not. */
    Taint and(Taint other) {
        if (other.isNone() || other == this) {
            return this;
        }
        if (isNone()) {
            return other;
        }
        var all = new ArrayList<>(parts);
        for (var part : other.parts) {
            int same = -1;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).kind().equals(part.kind())) {
                    same = i;
                }
            }
            if (same < 0) {
                all.add(part);
            } else {
                all.set(same, worse(all.get(same), part));
            }
        }
        return new Taint(all);
    }

    private static Part worse(Part one, Part other) {
        if (one.harmlessFor().equals(other.harmlessFor())) {
            return one.trail().length() <= other.trail().length() ? one : other;
        }
        var both = new HashSet<>(one.harmlessFor());
        both.retainAll(other.harmlessFor());
        return new Part(
                one.kind(),
                both,
                one.harmlessFor().size() <= other.harmlessFor().size() ? one.trail() : other.trail());
    }

    /** The same, made harmless for some rules; for all if none is named. */
    Taint cleaned(Set<String> rules) {
        if (rules.isEmpty() || isNone()) {
            return NONE;
        }
        return new Taint(parts.stream()
                .map(part -> {
                    var all = new HashSet<>(part.harmlessFor());
                    all.addAll(rules);
                    return new Part(part.kind(), all, part.trail());
                })
                .toList());
    }

    /** What is left of it where it only chooses among values: who can guess a number can guess what it chooses. */
    Taint chosen() {
        return new Taint(
                parts.stream().filter(part -> part.kind().equals(RANDOM)).toList());
    }

    /** The same, a step further. */
    Taint then(String what, Node node) {
        return isNone()
                ? this
                : new Taint(parts.stream()
                        .map(part -> new Part(
                                part.kind(), part.harmlessFor(), part.trail().then(what, node)))
                        .toList());
    }

    /**
     * The way of what does harm by a rule.
     *
     * @param kinds what the rule is about
     */
    Optional<Trail> harm(String rule, Set<String> kinds) {
        return parts.stream()
                .filter(part ->
                        kinds.contains(part.kind()) && !part.harmlessFor().contains(rule))
                .map(Part::trail)
                .findFirst();
    }

    /** What tells taints apart that do not do the same; ways are left out. */
    String signature() {
        var all = new TreeSet<String>();
        parts.forEach(part -> all.add(part.kind() + new TreeSet<>(part.harmlessFor())));
        return String.join(",", all);
    }
}
