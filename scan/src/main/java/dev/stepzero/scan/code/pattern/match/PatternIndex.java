package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Many clauses, found by what code must have so that they can match: a file pays for those only that may. Patterns are
 * compiled with the first text that has their word; see {@link PatternWord}. Not for use by several threads.
 *
 * @param <T> what a clause is for
 */
public final class PatternIndex<T> {
    private final Map<String, List<Entry<T>>> byKey = new HashMap<>();
    private final Map<String, List<Waiting<T>>> byWord = new HashMap<>();
    private int added;

    /** @param number in which order entries are tried, whichever text made them known first */
    private record Entry<T>(int number, T what, CompiledClause clause, Pattern pattern) {}

    private record Waiting<T>(int number, T what, Supplier<CompiledClause> clause, Supplier<Pattern> pattern) {}

    /**
     * Takes a clause in.
     *
     * @param texts its patterns
     * @param clause what it asks for beside them; compiled once, when the first of them is needed
     */
    public void add(T what, List<String> texts, Supplier<CompiledClause> clause, Function<String, Pattern> compiler) {
        for (var text : texts) {
            var waiting = new Waiting<>(added++, what, clause, () -> compiler.apply(text));
            byWord.computeIfAbsent(PatternWord.of(text).orElse(""), each -> new ArrayList<>())
                    .add(waiting);
        }
    }

    /** Compiles what a text may need. @throws dev.stepzero.core.UserError if a pattern is no code */
    public void prepare(String text) {
        release("");
        PatternWord.all(text).forEach(this::release);
    }

    /** Compiles everything. @throws dev.stepzero.core.UserError if a pattern is no code */
    public void prepareAll() {
        List.copyOf(byWord.keySet()).forEach(this::release);
    }

    private void release(String word) {
        var waiting = byWord.remove(word);
        if (waiting == null) {
            return;
        }
        for (var each : waiting) {
            var pattern = each.pattern().get();
            var entries = byKey.computeIfAbsent(pattern.key(), key -> new ArrayList<>());
            entries.add(new Entry<>(each.number(), each.what(), each.clause().get(), pattern));
            entries.sort(Comparator.comparingInt(Entry::number));
        }
    }

    /** Tells all matches of a node of a text that was prepared for. */
    public void matches(Node node, Matcher matcher, BiConsumer<T, Match> each) {
        for (var key : Keys.ofCode(node)) {
            for (var entry : byKey.getOrDefault(key, List.of())) {
                matcher.matches(entry.clause(), entry.pattern(), node)
                        .forEach(match -> each.accept(entry.what(), match));
            }
        }
    }
}
