package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.match.Match;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What rules say of the nodes of a file about what flows through them. */
public final class Marks {
    private final Map<Node, List<Mark.From>> sources = new HashMap<>();
    private final Map<Node, List<At>> sinks = new HashMap<>();
    private final Map<Node, List<Mark.Clean>> cleaners = new HashMap<>();
    private final Map<Node, List<Tested>> tests = new HashMap<>();
    private final Set<Node> ends = new HashSet<>();

    /**
     * A sink where it stands.
     *
     * @param values what must be clean
     */
    record At(Mark.To sink, List<Node> values) {}

    /**
     * Code that tests a value.
     *
     * @param holds how it must come out, if that matters
     * @param rules the rules that it is harmless for after that; all without any
     */
    record Tested(Node value, Optional<Boolean> holds, Set<String> rules) {}

    /** Takes one down. */
    public void add(Mark mark, Match match) {
        switch (mark) {
            case Mark.From from -> {
                var node = from.hole().flatMap(match.holes()::get).orElse(match.node());
                add(sources, node, from);
            }
            case Mark.To to -> {
                var values = to.holes().stream()
                        .flatMap(hole -> match.holes().get(hole).stream())
                        .toList();
                add(sinks, match.node(), new At(to, values.isEmpty() ? List.of(match.node()) : values));
            }
            case Mark.Clean clean
            when clean.hole().isPresent() ->
                match.holes()
                        .get(clean.hole().get())
                        .ifPresent(
                                tested -> add(tests, match.node(), new Tested(tested, clean.holds(), clean.rules())));
            case Mark.Clean clean -> add(cleaners, match.node(), clean);
            case Mark.End _ -> ends.add(match.node());
            case Mark.Misuse _ -> {}
        }
    }

    private static <T> void add(Map<Node, List<T>> all, Node node, T mark) {
        var known = all.computeIfAbsent(node, each -> new ArrayList<>());
        if (!known.contains(mark)) {
            known.add(mark);
        }
    }

    /** Whether there is anything that could be found. */
    public boolean mayMeet() {
        return !sources.isEmpty() && !sinks.isEmpty();
    }

    List<Mark.From> sources(Node node) {
        return sources.getOrDefault(node, List.of());
    }

    List<At> sinks(Node node) {
        return sinks.getOrDefault(node, List.of());
    }

    List<Tested> tests(Node node) {
        return tests.getOrDefault(node, List.of());
    }

    /** Whether nothing that follows is reached. */
    boolean isEnd(Node node) {
        return ends.contains(node);
    }

    boolean isMarked(Node node) {
        return sources.containsKey(node)
                || sinks.containsKey(node)
                || cleaners.containsKey(node)
                || tests.containsKey(node);
    }

    /** The rules that a node's value is harmless for; see {@link Mark.Clean}. Empty for none, absent marks are no cleaning. */
    List<Set<String>> cleaned(Node node) {
        return cleaners.getOrDefault(node, List.of()).stream()
                .map(Mark.Clean::rules)
                .map(each -> (Set<String>) new HashSet<>(each))
                .toList();
    }
}
