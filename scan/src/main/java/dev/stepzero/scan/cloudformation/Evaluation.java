package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives the values of one template, with its functions computed as far as they can be before the stack is made. */
final class Evaluation {
    /** A document is at most half as deep; the rest is for conditions that call each other. */
    private static final int DEEPEST = 400;

    private final Template template;
    private final Intake intake;
    private final Growth growth;
    private final Functions functions;
    private final Conditions conditions;
    private int depth;

    Evaluation(Template template, Parameters parameters, Neighbours neighbours, Intake intake, Growth growth) {
        this.template = template;
        this.intake = intake;
        this.growth = growth;
        this.conditions = new Conditions(template, this);
        this.functions = new Functions(this, template.mappings(), parameters, neighbours, conditions);
    }

    Value value(Value value) {
        return value(value, Map.of());
    }

    /** @param loop what the names of the loops around it stand for */
    Value value(Value value, Map<String, Value> loop) {
        if (depth >= DEEPEST) {
            return Unknown.because("nested too deeply");
        }
        depth++;
        try {
            return switch (value) {
                case Value.Text text -> text(text, loop);
                case Value.Sequence list -> list(list, loop);
                case Value.Mapping map -> map(map, loop);
                case Value.Bool bool -> bool;
                case Value.Numeric number -> number;
                case Value.Absent absent -> absent;
                case Unknown unknown -> unknown;
            };
        } finally {
            depth--;
        }
    }

    /** Whether a condition of the template holds: a truth value, or unknown. */
    Value condition(String name) {
        return conditions.named(name);
    }

    Growth growth() {
        return growth;
    }

    void problem(String message, Position position) {
        intake.problem(message, position.exists() ? position : new Position(template.file(), 1, 1, 1));
    }

    private static Value text(Value.Text text, Map<String, Value> loop) {
        var filled = loop.isEmpty() ? text : Value.of(ForEach.replaced(text.value(), loop));
        return Texts.withoutDynamicReferences(filled);
    }

    private Value list(Value.Sequence list, Map<String, Value> loop) {
        var items = new ArrayList<Located>(list.items().size());
        for (var item : list.items()) {
            var value = value(item.value(), loop);
            if (!(value instanceof Value.Absent)) {
                items.add(new Located(value, item.position()));
            }
        }
        return new Value.Sequence(items);
    }

    private Value map(Value.Mapping map, Map<String, Value> loop) {
        if (map.entries().size() == 1) {
            var only = map.entries().entrySet().iterator().next();
            if (Functions.isOne(only.getKey())) {
                return functions.call(only.getKey(), only.getValue(), loop);
            }
        }
        var entries = new LinkedHashMap<String, Located>();
        new ForEach(this).unfold(map, loop, (key, entry, names) -> {
            var value = value(entry.value(), names);
            if (!(value instanceof Value.Absent)) {
                entries.put(key, new Located(value, entry.position()));
            }
        });
        return new Value.Mapping(entries);
    }
}
