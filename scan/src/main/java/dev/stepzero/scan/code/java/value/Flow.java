package dev.stepzero.scan.code.java.value;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How something from outside is still in a value.
 *
 * @param absent characters that cannot be in it any more
 * @param escaped characters that are in it only doubled, or behind a backslash
 * @param cleaned the rules that need not mind it any more
 * @param trail its way; two flows are equal whatever their ways
 */
public record Flow(Characters absent, Characters escaped, Set<String> cleaned, Trail trail) {
    public Flow {
        cleaned = Set.copyOf(cleaned);
    }

    public static Flow begin(Trail trail) {
        return new Flow(Characters.NONE, Characters.NONE, Set.of(), trail);
    }

    /** What holds whichever of both it is; the way is the first's. */
    Flow or(Flow other) {
        if (equals(other)) {
            return this;
        }
        var both = new HashSet<>(cleaned);
        both.retainAll(other.cleaned);
        return new Flow(absent.common(other.absent), escaped.common(other.escaped), both, trail);
    }

    public Flow without(Characters characters) {
        return new Flow(absent.and(characters), escaped, cleaned, trail);
    }

    public Flow escaping(Characters characters) {
        return new Flow(absent, escaped.and(characters), cleaned, trail);
    }

    public Flow cleanedFor(Set<String> rules) {
        var all = new HashSet<>(cleaned);
        all.addAll(rules);
        return new Flow(absent, escaped, all, trail);
    }

    public Flow on(Trail other) {
        return new Flow(absent, escaped, cleaned, other);
    }

    public Flow then(Step step) {
        return on(trail.then(step));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Flow flow
                && absent.equals(flow.absent)
                && escaped.equals(flow.escaped)
                && cleaned.equals(flow.cleaned);
    }

    @Override
    public int hashCode() {
        return (absent.hashCode() * 31 + escaped.hashCode()) * 31 + cleaned.hashCode();
    }
}
