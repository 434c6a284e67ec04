package dev.stepzero.core.resource;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an attribute holds: something known, something {@link Unknown unknown}, or {@link Absent nothing}. A known list
 * or object may hold unknown parts.
 */
public sealed interface Value
        permits Value.Absent, Value.Bool, Value.Numeric, Value.Text, Value.Sequence, Value.Mapping, Unknown {
    /** Not set, or set to null: the provider's default applies. */
    Absent ABSENT = new Absent();

    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Text of(String value) {
        return new Text(value);
    }

    static Numeric of(long value) {
        return Numeric.of(value);
    }

    /** A list of values that stand nowhere in a file. */
    static Sequence listOf(List<? extends Value> values) {
        return new Sequence(values.stream().map(Located::nowhere).toList());
    }

    /**
     * Whether it and everything in it is known. Not a default method: initialising a part would then initialise the whole,
     * and two threads that begin at both ends would wait for each other.
     */
    boolean whollyKnown();

    /** Nothing. */
    record Absent() implements Value {
        @Override
        public boolean whollyKnown() {
            return true;
        }
    }

    /** A truth value. */
    record Bool(boolean value) implements Value {
        @Override
        public boolean whollyKnown() {
            return true;
        }
    }

    /** A number, exact as in Terraform, which has no other kind. */
    record Numeric(BigDecimal value) implements Value {
        private static final int CACHED = 1024;
        private static final Numeric[] SMALL = new Numeric[CACHED];

        static {
            for (int i = 0; i < CACHED; i++) {
                SMALL[i] = new Numeric(BigDecimal.valueOf(i));
            }
        }

        static Numeric of(long value) {
            return value >= 0 && value < CACHED ? SMALL[(int) value] : new Numeric(BigDecimal.valueOf(value));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numeric number && value.compareTo(number.value) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }

        @Override
        public boolean whollyKnown() {
            return true;
        }
    }

    /** A string. */
    record Text(String value) implements Value {
        @Override
        public boolean whollyKnown() {
            return true;
        }
    }

    /** A list, a tuple or a set, in its order; the repeated blocks of one name are a list too. */
    record Sequence(List<Located> items) implements Value {
        public static final Sequence EMPTY = new Sequence(List.of());

        public Sequence {
            items = List.copyOf(items);
        }

        public boolean isEmpty() {
            return items.isEmpty();
        }

        @Override
        public boolean whollyKnown() {
            for (var item : items) {
                if (!item.value().whollyKnown()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** An object or a map; the names keep their order. */
    record Mapping(Map<String, Located> entries) implements Value {
        public static final Mapping EMPTY = new Mapping(Map.of());

        /** Takes the map over: the caller does not change it any more. */
        public Mapping {
            entries = Collections.unmodifiableMap(entries);
        }

        public Value get(String name) {
            var entry = entries.get(name);
            return entry == null ? ABSENT : entry.value();
        }

        public Optional<Located> entry(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        @Override
        public boolean whollyKnown() {
            for (var entry : entries.values()) {
                if (!entry.value().whollyKnown()) {
                    return false;
                }
            }
            return true;
        }

        /** The same with one name set anew. */
        public Mapping with(String name, Located value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(name, value);
            return new Mapping(changed);
        }
    }
}
