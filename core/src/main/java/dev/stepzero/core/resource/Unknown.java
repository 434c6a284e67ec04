package dev.stepzero.core.resource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be told before apply, and whatever can be told of it all the same.
 *
 * @param because why, nearest reason first: {@code var.x}, {@code module.y}, {@code data.z}
 * @param notNull whether it is certain that there will be a value
 * @param oneOf what it can be, when that is known; empty when it can be anything
 * @param parts what it is put together of when it is a text: {@link Value.Text} where known, {@code Unknown} where not;
 *     empty when that is not known
 * @param structure the value of which it is the JSON text, as {@code jsonencode} makes it, where that is known
 * @param references what it was taken from
 */
public record Unknown(
        List<String> because,
        boolean notNull,
        List<Value> oneOf,
        List<Value> parts,
        @Nullable Value structure,
        Set<Reference> references)
        implements Value {
    /** More alternatives than this are given up: the value is then just unknown. */
    private static final int MOST_ALTERNATIVES = 16;

    public Unknown {
        because = List.copyOf(because);
        oneOf = List.copyOf(oneOf);
        parts = List.copyOf(parts);
        references = Set.copyOf(references);
    }

    @Override
    public boolean whollyKnown() {
        return false;
    }

    /** A value of which nothing is known. */
    public static Unknown because(String reason) {
        return new Unknown(List.of(reason), false, List.of(), List.of(), null, Set.of());
    }

    /** What a resource will have once it is there: an attribute that the configuration does not set. */
    public static Unknown computed(Reference reference) {
        return new Unknown(
                List.of(reference.address() + "." + reference.attribute() + " is known after apply"),
                true,
                List.of(),
                List.of(),
                null,
                Set.of(reference));
    }

    /** A text of which some parts are known; joins neighbours and takes over their references and reasons. */
    public static Value text(List<Value> parts) {
        var joined = new ArrayList<Value>();
        var reasons = new LinkedHashSet<String>();
        var references = new LinkedHashSet<Reference>();
        for (var part : parts) {
            switch (part) {
                case Text text
                when !joined.isEmpty() && joined.getLast() instanceof Text before ->
                    joined.set(joined.size() - 1, new Text(before.value() + text.value()));
                case Unknown unknown -> {
                    joined.addAll(unknown.parts().isEmpty() ? List.of(unknown) : unknown.parts());
                    reasons.addAll(unknown.because());
                    references.addAll(unknown.references());
                }
                default -> joined.add(part);
            }
        }
        if (joined.isEmpty()) {
            return Value.of("");
        }
        if (joined.size() == 1) {
            return joined.getFirst();
        }
        return new Unknown(List.copyOf(reasons), true, List.of(), joined, null, references);
    }

    /** One of two values, where it cannot be told which: their join. */
    public static Value either(String reason, Value one, Value other) {
        if (one.equals(other)) {
            return one;
        }
        var alternatives = new LinkedHashSet<Value>();
        addAlternatives(one, alternatives);
        addAlternatives(other, alternatives);
        var reasons = new LinkedHashSet<>(List.of(reason));
        var references = new LinkedHashSet<Reference>();
        for (var each : List.of(one, other)) {
            if (each instanceof Unknown unknown) {
                reasons.addAll(unknown.because());
                references.addAll(unknown.references());
            }
        }
        return new Unknown(
                List.copyOf(reasons),
                certain(one) && certain(other),
                alternatives.size() <= MOST_ALTERNATIVES ? List.copyOf(alternatives) : List.of(),
                List.of(),
                null,
                references);
    }

    private static void addAlternatives(Value value, Set<Value> alternatives) {
        if (value instanceof Unknown unknown && !unknown.oneOf().isEmpty()) {
            alternatives.addAll(unknown.oneOf());
        } else {
            alternatives.add(value);
        }
    }

    private static boolean certain(Value value) {
        return value instanceof Unknown unknown ? unknown.notNull() : !(value instanceof Absent);
    }

    /** The same with a further reason in front: what it was read through. */
    public Unknown through(String reason) {
        var longer = new ArrayList<String>(because.size() + 1);
        longer.add(reason);
        longer.addAll(because);
        return new Unknown(longer, notNull, oneOf, parts, structure, references);
    }

    /** The same, certain to be there. */
    public Unknown present() {
        return notNull ? this : new Unknown(because, true, oneOf, parts, structure, references);
    }

    /** The same, known to be the JSON text of a structure. */
    public Unknown encoding(Value encoded) {
        return new Unknown(because, true, oneOf, parts, encoded, references);
    }

    /** The same, known to be taken from something. */
    public Unknown from(Reference reference) {
        var more = new LinkedHashSet<>(references);
        more.add(reference);
        return new Unknown(because, notNull, oneOf, parts, structure, more);
    }

    /** What its text certainly begins with; empty when nothing is known of that. */
    public String prefix() {
        return !parts.isEmpty() && parts.getFirst() instanceof Text text ? text.value() : "";
    }

    /** The value of which it is the JSON text, where that is known. */
    public Optional<Value> encoded() {
        return Optional.ofNullable(structure);
    }

    /** The reasons as one line: {@code var.x <- module.y <- data.z}. */
    public String chain() {
        return String.join(" <- ", because);
    }
}
