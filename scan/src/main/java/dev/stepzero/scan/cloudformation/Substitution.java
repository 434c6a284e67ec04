package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@code Fn::Sub}: a text with names in it. */
final class Substitution {
    private final BiFunction<String, Map<String, Value>, Value> references;
    private final Function<String, Value> attributes;
    private final Growth growth;

    Substitution(
            BiFunction<String, Map<String, Value>, Value> references,
            Function<String, Value> attributes,
            Growth growth) {
        this.references = references;
        this.attributes = attributes;
        this.growth = growth;
    }

    Value of(Value argument, Map<String, Value> loop, Evaluation evaluation) {
        return switch (argument) {
            case Value.Text(String text) -> filled(text, loop);
            case Value.Sequence list
            when list.items().size() == 2
                    && list.items().getFirst().value() instanceof Value.Text(String text)
                    && evaluation.value(list.items().get(1).value(), loop) instanceof Value.Mapping names -> {
                var known = new HashMap<>(loop);
                names.entries().forEach((name, entry) -> known.put(name, entry.value()));
                yield filled(text, known);
            }
            case Value.Sequence list
            when list.items().size() == 1 -> of(list.items().getFirst().value(), loop, evaluation);
            default -> Unknown.because("Fn::Sub").present();
        };
    }

    private Value filled(String text, Map<String, Value> names) {
        List<Value> parts = new ArrayList<>();
        int at = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", at)) {
            int end = text.indexOf('}', start);
            if (end < 0) {
                break;
            }
            parts.add(Value.of(text.substring(at, start)));
            parts.add(named(text.substring(start + 2, end).strip(), names));
            at = end + 1;
        }
        parts.add(Value.of(text.substring(at)));
        return Texts.join(parts, "", growth);
    }

    private Value named(String name, Map<String, Value> names) {
        if (name.startsWith("!")) {
            return Value.of("${" + name.substring(1) + "}");
        }
        if (names.containsKey(name) || name.indexOf('.') < 0) {
            return references.apply(name, names);
        }
        return attributes.apply(name);
    }
}
