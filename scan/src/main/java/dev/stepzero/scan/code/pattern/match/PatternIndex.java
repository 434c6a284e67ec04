package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Many clauses, found by what code must have so that they can match: a file pays for those only that may.
 *
 * @param <T> what a clause is for
 */
public final class PatternIndex<T> {
    private final Map<String, List<Entry<T>>> byKey = new HashMap<>();

    private record Entry<T>(T what, CompiledClause clause, Pattern pattern) {}

    public void add(T what, CompiledClause clause) {
        for (var pattern : clause.match()) {
            byKey.computeIfAbsent(pattern.key(), each -> new ArrayList<>()).add(new Entry<>(what, clause, pattern));
        }
    }

    /** Tells all matches of a node. */
    public void matches(Node node, Matcher matcher, BiConsumer<T, Match> each) {
        for (var key : Keys.ofCode(node)) {
            for (var entry : byKey.getOrDefault(key, List.of())) {
                matcher.matches(entry.clause(), entry.pattern(), node)
                        .forEach(match -> each.accept(entry.what(), match));
            }
        }
    }
}
