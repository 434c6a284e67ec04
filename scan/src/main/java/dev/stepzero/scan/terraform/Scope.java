package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that an expression sees: those of the loops and instances around it, then those of its module. */
final class Scope {
    /** The name under which the element of a splat stands; no identifier looks like it. */
    static final String ELEMENT = "*";

    private final Names names;
    private final @Nullable Scope outer;
    private final String name;
    private final Value value;

    private Scope(Names names, @Nullable Scope outer, String name, Value value) {
        this.names = names;
        this.outer = outer;
        this.name = name;
        this.value = value;
    }

    static Scope of(Names names) {
        return new Scope(names, null, "", Value.ABSENT);
    }

    Names names() {
        return names;
    }

    Scope with(String inner, Value held) {
        return new Scope(names, this, inner, held);
    }

    /** With {@code each} or the iterator of a dynamic block. */
    Scope iterating(String iterator, Value key, Value held) {
        var entries = new LinkedHashMap<String, Located>(4);
        entries.put("key", Located.nowhere(key));
        entries.put("value", Located.nowhere(held));
        return with(iterator, new Value.Mapping(entries));
    }

    /** With {@code count.index}. */
    Scope counting(Value index) {
        var entries = new LinkedHashMap<String, Located>(2);
        entries.put("index", Located.nowhere(index));
        return with("count", new Value.Mapping(entries));
    }

    Optional<Value> find(String wanted) {
        for (Scope at = this; at != null && at.outer != null; at = at.outer) {
            if (at.name.equals(wanted)) {
                return Optional.of(at.value);
            }
        }
        return Optional.empty();
    }

    boolean has(String wanted) {
        for (Scope at = this; at != null && at.outer != null; at = at.outer) {
            if (at.name.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
