package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** Functions of lists. */
final class Lists {
    private static final int LONGEST_RANGE = 1024;
    private static final int DEEPEST = 200;

    private Lists() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "alltrue" -> all(arguments, false);
            case "anytrue" -> all(arguments, true);
            case "chunklist" -> chunks(arguments);
            case "coalescelist" -> firstFilled(arguments);
            case "compact" -> compact(arguments);
            case "concat" -> concatenated(arguments);
            case "contains" -> contains(arguments);
            case "distinct" -> distinct(arguments.items(0));
            case "flatten" -> flat(arguments);
            case "index" -> index(arguments);
            // Gone since Terraform 0.15, but there is code that was written for what came before.
            case "list" -> Value.listOf(arguments.all());
            case "range" -> range(arguments);
            case "reverse" -> new Value.Sequence(arguments.items(0).reversed());
            case "slice" -> slice(arguments);
            case "sort" -> sorted(arguments.texts(0));
            default -> throw Subject.missing(arguments);
        };
    }

    /** Whether one is {@code deciding}; nothing else is asked when one is. */
    private static Value all(Arguments arguments, boolean deciding) {
        var open = false;
        for (var item : arguments.items(0)) {
            switch (item.value()) {
                case Unknown unknown -> open = true;
                case Value.Absent absent -> {
                    if (!deciding) {
                        return Value.FALSE;
                    }
                }
                default -> {
                    if (Conversion.bool(item.value()) == deciding) {
                        return Value.of(deciding);
                    }
                }
            }
        }
        if (open) {
            throw new NotKnown();
        }
        return Value.of(!deciding);
    }

    private static Value chunks(Arguments arguments) {
        var items = Unification.of(arguments.items(0));
        int size = arguments.integer(1);
        if (size < 0) {
            throw arguments.wrong(1, "the size argument must be positive");
        }
        if (items.isEmpty()) {
            return Value.Sequence.EMPTY;
        }
        int step = size == 0 ? items.size() : size;
        var chunks = new ArrayList<Value>();
        for (int from = 0; from < items.size(); from += step) {
            chunks.add(new Value.Sequence(items.subList(from, Math.min(from + step, items.size()))));
        }
        return Value.listOf(chunks);
    }

    private static Value firstFilled(Arguments arguments) {
        for (int i = 0; i < arguments.count(); i++) {
            var items = arguments.items(i);
            if (!items.isEmpty()) {
                return arguments.at(i);
            }
        }
        throw new FunctionError("no non-null arguments");
    }

    private static Value compact(Arguments arguments) {
        var kept = new ArrayList<Located>();
        for (var item : arguments.items(0)) {
            switch (item.value()) {
                case Unknown unknown -> kept.add(item);
                case Value.Absent absent -> {}
                default -> {
                    var text = Conversion.text(item.value());
                    if (!text.isEmpty()) {
                        kept.add(new Located(Value.of(text), item.position()));
                    }
                }
            }
        }
        return new Value.Sequence(kept);
    }

    /** A list that is unknown as a whole stands in the result as one element, so that the known ones are not lost. */
    private static Value concatenated(Arguments arguments) {
        if (arguments.count() == 0) {
            throw new FunctionError("at least one argument is required");
        }
        var items = new ArrayList<Located>();
        var known = false;
        for (int i = 0; i < arguments.count(); i++) {
            if (arguments.at(i) instanceof Unknown unknown) {
                items.add(Located.nowhere(Unknowns.joined(List.of(unknown))));
            } else {
                known |= items.addAll(arguments.items(i));
                Limits.items(items.size());
            }
        }
        if (!known && !items.isEmpty()) {
            throw new NotKnown();
        }
        return new Value.Sequence(items);
    }

    private static Value contains(Arguments arguments) {
        var wanted = arguments.present(1);
        var open = false;
        for (var item : arguments.items(0)) {
            switch (Likeness.of(item.value(), wanted)) {
                case SAME -> {
                    return Value.TRUE;
                }
                case OPEN -> open = true;
                case DIFFERENT -> {}
            }
        }
        if (open) {
            throw new NotKnown();
        }
        return Value.FALSE;
    }

    static Value distinct(List<Located> items) {
        var seen = new LinkedHashSet<Value>();
        var kept = new ArrayList<Located>();
        for (var item : Unification.of(items)) {
            if (seen.add(item.value())) {
                kept.add(item);
            }
        }
        return new Value.Sequence(kept);
    }

    private static Value flat(Arguments arguments) {
        var items = new ArrayList<Located>();
        flatten(arguments.items(0), items, 0);
        return new Value.Sequence(items);
    }

    private static void flatten(List<Located> from, List<Located> into, int depth) {
        if (depth > DEEPEST) {
            throw new FunctionError("the list is nested too deeply");
        }
        for (var item : from) {
            if (item.value() instanceof Value.Sequence list) {
                flatten(list.items(), into, depth + 1);
            } else {
                into.add(item);
                Limits.items(into.size());
            }
        }
    }

    private static Value index(Arguments arguments) {
        var items = arguments.items(0);
        for (int i = 0; i < items.size(); i++) {
            switch (Likeness.of(items.get(i).value(), arguments.at(1))) {
                case SAME -> {
                    return Value.of(i);
                }
                case OPEN -> throw new NotKnown();
                case DIFFERENT -> {}
            }
        }
        throw new FunctionError(items.isEmpty() ? "cannot search an empty list" : "item not found");
    }

    private static Value range(Arguments arguments) {
        var first = arguments.count() == 1 ? BigDecimal.ZERO : arguments.number(0);
        var end = arguments.number(arguments.count() == 1 ? 0 : 1);
        var down = end.compareTo(first) < 0;
        var step = arguments.count() == 3 ? arguments.number(2) : BigDecimal.valueOf(down ? -1 : 1);
        if (arguments.count() == 3 && step.signum() != 0 && down != step.signum() < 0 && end.compareTo(first) != 0) {
            throw new FunctionError(
                    down
                            ? "end must be greater than start when step is positive"
                            : "end must be less than start when step is negative");
        }
        var numbers = new ArrayList<Value>();
        for (var at = first; down ? at.compareTo(end) > 0 : at.compareTo(end) < 0; at = at.add(step)) {
            if (numbers.size() >= LONGEST_RANGE) {
                throw new FunctionError(
                        "more than 1024 values were generated; either decrease the difference between start and end or use a smaller step");
            }
            numbers.add(new Value.Numeric(at));
        }
        return Value.listOf(numbers);
    }

    private static Value slice(Arguments arguments) {
        var items = arguments.items(0);
        int from = arguments.integer(1);
        int to = arguments.integer(2);
        if (from < 0 || from > to || to > items.size()) {
            throw new FunctionError(
                    "start index must not be greater than end index, and end index must not be greater than the length of the list");
        }
        return new Value.Sequence(items.subList(from, to));
    }

    private static Value sorted(List<String> texts) {
        var sorted = new ArrayList<>(texts);
        Collections.sort(sorted, Order.TEXTS);
        return Value.listOf(sorted.stream().map(Value::of).toList());
    }
}
