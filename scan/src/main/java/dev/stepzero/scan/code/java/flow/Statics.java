package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.program.OwnClass;
import dev.stepzero.scan.code.java.program.Program;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the final static fields of classes hold once the classes are initialised. */
final class Statics {
    private final Analysis analysis;
    private final Program program;
    private final Map<String, Optional<Heap>> initialised = new HashMap<>();

    /** A value with the things that it leads to. */
    record Held(Value value, Heap heap) {}

    Statics(Analysis analysis, Program program) {
        this.analysis = analysis;
        this.program = program;
    }

    Optional<Held> of(String owner, String name, int depth) {
        var type = program.type(owner);
        var field = type.flatMap(each -> each.field(name));
        if (field.isEmpty() || !field.get().isStatic() || !field.get().isFinal()) {
            return Optional.empty();
        }
        if (field.get().constant().isPresent()) {
            return Optional.of(new Held(Value.constant(field.get().constant().get()), new Heap()));
        }
        var heap = heap(type.get(), depth);
        return heap.flatMap(each -> each.at(Fields.STATICS))
                .flatMap(statics -> statics.at(name))
                .map(value -> new Held(trusted(value, heap.get()), heap.get()));
    }

    private Optional<Heap> heap(OwnClass type, int depth) {
        var known = initialised.get(type.name());
        if (known == null) {
            // While it runs, and if it cannot be run, nothing is known.
            initialised.put(type.name(), Optional.empty());
            known = type.method("<clinit>()V").flatMap(method -> {
                var heap = new Heap();
                heap.put(Fields.STATICS, Thing.of(Shape.OBJECT, type.name()));
                return analysis.initialise(method, heap, depth);
            });
            initialised.put(type.name(), known);
        }
        return known;
    }

    /** A collection that is empty at first is there to be filled by others. */
    private static Value trusted(Value value, Heap heap) {
        boolean filled = value.things().stream()
                .map(heap::at)
                .flatMap(Optional::stream)
                .noneMatch(thing -> List.of(Shape.LIST, Shape.MAP, Shape.TEXT).contains(thing.shape())
                        && thing.parts().isEmpty());
        return filled ? value : Value.UNKNOWN.typed(value.type());
    }
}
