package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How what is known of unknown values carries over to what is made of them. */
final class Unknowns {
    /** Reasons beyond these tell nobody anything. */
    private static final int MOST_REASONS = 12;

    private static final int MOST_REFERENCES = 64;

    /** How deep references are looked for in what is partly known. */
    private static final int DEEPEST = 12;

    private Unknowns() {}

    /** The outcome of an operation on these, some of which are unknown. */
    static Unknown of(Value... operands) {
        return of(List.of(operands));
    }

    static Unknown of(Iterable<Value> operands) {
        var reasons = new LinkedHashSet<String>();
        var references = new LinkedHashSet<Reference>();
        for (var operand : operands) {
            collect(operand, reasons, references, DEEPEST);
        }
        return new Unknown(List.copyOf(reasons), true, List.of(), List.of(), null, references);
    }

    private static void collect(Value value, Set<String> reasons, Set<Reference> references, int depth) {
        if (depth == 0 || reasons.size() >= MOST_REASONS || references.size() >= MOST_REFERENCES) {
            return;
        }
        switch (value) {
            case Unknown unknown -> {
                reasons.addAll(unknown.because());
                references.addAll(unknown.references());
            }
            case Value.Sequence list -> {
                for (var item : list.items()) {
                    collect(item.value(), reasons, references, depth - 1);
                }
            }
            case Value.Mapping map -> {
                for (var entry : map.entries().values()) {
                    collect(entry.value(), reasons, references, depth - 1);
                }
            }
            case Value.Absent _, Value.Bool _, Value.Numeric _, Value.Text _ -> {}
        }
    }

    /** The same value, read through something with a name. */
    static Value through(Value value, String reason) {
        return value instanceof Unknown unknown
                        && unknown.because().size() < MOST_REASONS
                        && (unknown.because().isEmpty()
                                || !unknown.because().getFirst().equals(reason))
                ? unknown.through(reason)
                : value;
    }

    /** The attribute of what is unknown as a whole, but known to be a certain resource; empty for anything else. */
    static Optional<Value> attribute(Unknown whole, String name) {
        if (whole.references().size() != 1 || !whole.oneOf().isEmpty()) {
            return Optional.empty();
        }
        var reference = whole.references().iterator().next();
        return reference.attribute().isEmpty()
                ? Optional.of(new Unknown(
                        whole.because(),
                        whole.notNull(),
                        List.of(),
                        List.of(),
                        null,
                        Set.of(new Reference(reference.address(), name))))
                : Optional.empty();
    }

    /** What a part of an unknown value is: that part of every alternative, where there are any. */
    static Value part(Unknown whole, UnaryOperator<Value> part) {
        if (whole.oneOf().isEmpty()) {
            return new Unknown(whole.because(), false, List.of(), List.of(), null, whole.references());
        }
        Value joined = part.apply(whole.oneOf().getFirst());
        for (var alternative : whole.oneOf().subList(1, whole.oneOf().size())) {
            joined = Unknown.either(whole.chain(), joined, part.apply(alternative));
        }
        return joined;
    }
}
