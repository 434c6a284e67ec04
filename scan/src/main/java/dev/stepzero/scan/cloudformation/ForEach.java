package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.HashMap;
import java.util.Map;

/** Unfolds {@code Fn::ForEach} loops of entries. */
final class ForEach {
    static final String PREFIX = "Fn::ForEach::";

    private final Evaluation evaluation;

    /** What is done with each entry that a loop gives. */
    interface Entries {
        void entry(String key, Located entry, Map<String, Value> loop);
    }

    ForEach(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Gives all entries of a section, those that stand in it and those that its loops make. */
    void unfold(Value.Mapping section, Map<String, Value> loop, Entries sink) {
        section.entries().forEach((key, entry) -> {
            if (key.equals("Fn::Transform")) {
                // What a transform adds is known only to CloudFormation; what stands beside it counts all the same.
                return;
            }
            if (key.startsWith(PREFIX)) {
                loop(entry, loop, sink);
            } else {
                sink.entry(loop.isEmpty() ? key : replaced(key, loop), entry, loop);
            }
        });
    }

    private void loop(Located entry, Map<String, Value> outer, Entries sink) {
        if (!(entry.value() instanceof Value.Sequence arguments)
                || arguments.items().size() != 3
                || !(arguments.items().get(0).value() instanceof Value.Text(String variable))
                || !(arguments.items().get(2).value() instanceof Value.Mapping body)) {
            evaluation.problem("Fn::ForEach takes a name, a list and the entries to repeat", entry.position());
            return;
        }
        var collection = evaluation.value(arguments.items().get(1).value(), outer);
        if (!(collection instanceof Value.Sequence items)) {
            // Its body counts all the same, once for whatever the list will hold.
            once(variable, collection, body, outer, sink);
            return;
        }
        for (var item : items.items()) {
            if (!evaluation.growth().copy()) {
                evaluation.problem("the template unfolds to too many copies", entry.position());
                return;
            }
            once(variable, item.value(), body, outer, sink);
        }
    }

    private void once(String variable, Value item, Value.Mapping body, Map<String, Value> outer, Entries sink) {
        var inner = new HashMap<>(outer);
        inner.put(variable, item);
        unfold(body, inner, sink);
    }

    /** A text with the loop's names filled in; what is not known becomes a star. */
    static String replaced(String text, Map<String, Value> loop) {
        var result = text;
        for (var each : loop.entrySet()) {
            var value = Texts.of(each.getValue()).orElse("*");
            result = result.replace("${" + each.getKey() + "}", value)
                    .replace("&{" + each.getKey() + "}", alphanumeric(value));
        }
        return result;
    }

    private static String alphanumeric(String text) {
        var kept = new StringBuilder();
        text.chars().filter(Character::isLetterOrDigit).forEach(c -> kept.append((char) c));
        return kept.toString();
    }
}
