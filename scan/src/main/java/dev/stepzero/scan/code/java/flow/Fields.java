package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.Set;

/** What fields hold. */
final class Fields {
    /** The thing that holds the static fields of a class while its initialiser runs. */
    static final int STATICS = 0;

    private final MethodRun run;
    private final State state;

    Fields(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    void access(FieldInstruction field, int index) {
        var owner = field.owner().asInternalName();
        var name = field.name().stringValue();
        var descriptor = field.type().stringValue();
        var kind = TypeKind.fromDescriptor(descriptor);
        switch (field.opcode()) {
            case GETFIELD ->
                Instructions.push(state, get(state.pop(), owner, name, descriptor), kind, index, run.seenBefore(index));
            case GETSTATIC ->
                Instructions.push(
                        state,
                        tagged(owner, name, getStatic(owner, name, descriptor)),
                        kind,
                        index,
                        run.seenBefore(index));
            case PUTFIELD -> {
                var value = kept(pop(kind), owner, name, descriptor, index);
                put(state.pop(), owner, name, value);
            }
            default -> putStatic(owner, name, kept(pop(kind), owner, name, descriptor, index));
        }
    }

    private Value kept(Value value, String owner, String name, String descriptor, int index) {
        var label = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.') + "." + name;
        return new Sinks(run, state).named(value, descriptor, name, run.place(index), label);
    }

    private Value pop(TypeKind kind) {
        if (kind.slotSize() == 2) {
            state.pop();
        }
        return state.pop();
    }

    /** What a field holds before anything is put there. */
    static Value zero(String descriptor) {
        return switch (descriptor.isEmpty() ? 'L' : descriptor.charAt(0)) {
            case 'Z', 'B', 'C', 'S', 'I' -> Value.constant(0);
            case 'J' -> Value.constant(0L);
            case 'F' -> Value.constant(0f);
            case 'D' -> Value.constant(0d);
            default -> Value.NULL;
        };
    }

    private Value get(Value object, String owner, String name, String descriptor) {
        var result = Value.NOTHING;
        for (var number : object.things()) {
            var thing = state.heap().at(number);
            if (thing.isEmpty()) {
                result = result.or(outside(owner, name, descriptor));
            } else if (thing.get().at(name).isPresent()) {
                result = result.or(thing.get().at(name).get());
            } else {
                var other = thing.get().size() < 0
                        ? outside(owner, name, descriptor).plus(run.analysis().leftIn(owner + "." + name))
                        : zero(descriptor);
                result = result.or(other).plus(thing.get().rest().taint());
            }
        }
        if (object.elsewhere() || object.things().isEmpty()) {
            result = result.or(outside(owner, name, descriptor));
        }
        return Numbered.asDeclared(result.plus(object.taint()), descriptor);
    }

    /** A field of an object that came from elsewhere. */
    private Value outside(String owner, String name, String descriptor) {
        return run.analysis()
                .fieldConstants()
                .of(owner, name)
                .map(constants -> Value.NOTHING.withConstants(constants))
                .orElseGet(() -> typed(descriptor));
    }

    static Value typed(String descriptor) {
        return descriptor.startsWith("L")
                ? Value.UNKNOWN.typed(descriptor.substring(1, descriptor.length() - 1))
                : Value.UNKNOWN.typed(descriptor.startsWith("[") ? descriptor : "");
    }

    private void put(Value object, String owner, String name, Value value) {
        // What one request leaves in an object that is always there, another finds; of other objects nobody knows.
        boolean open = state.heap().of(object).filter(thing -> thing.size() < 0).isPresent();
        state.heap().change(object, thing -> thing.with(name, value));
        if (open) {
            run.store(owner + "." + name, state.heap().deep(value));
        }
    }

    private Value tagged(String owner, String name, Value value) {
        var tags = run.analysis().knowledge().tags(owner, name);
        return tags.isEmpty() ? value : value.tagged(tags);
    }

    private Value getStatic(String owner, String name, String descriptor) {
        var here = state.heap().at(STATICS).filter(each -> each.type().equals(owner));
        if (here.isPresent()) {
            return here.get().at(name).orElseGet(() -> zero(descriptor));
        }
        var left = run.analysis().leftIn(owner + "." + name);
        var known = run.analysis().statics(owner, name, run.depth());
        if (known.isEmpty()) {
            return run.analysis()
                    .fieldConstants()
                    .of(owner, name)
                    .map(constants -> Value.NOTHING.withConstants(constants))
                    .orElseGet(() -> typed(descriptor))
                    .plus(left);
        }
        return imported(owner, known.get()).plus(left);
    }

    /** Makes what a class's initialiser left known here. */
    private Value imported(String owner, Statics.Held held) {
        var heap = held.heap();
        for (var number : heap.reachable(Set.of(held.value()))) {
            var own = run.number("static", owner, number);
            var thing = heap.at(number);
            if (thing.isPresent() && state.heap().at(own).isEmpty()) {
                state.heap().put(own, thing.get().map(value -> renumbered(owner, value)));
            }
        }
        return renumbered(owner, held.value());
    }

    private Value renumbered(String owner, Value value) {
        return value.withThings(value.things().stream()
                        .map(number -> run.number("static", owner, number))
                        .collect(java.util.stream.Collectors.toUnmodifiableSet()))
                .identified(0);
    }

    private void putStatic(String owner, String name, Value value) {
        Heap heap = state.heap();
        var here = heap.at(STATICS).filter(each -> each.type().equals(owner));
        if (here.isPresent()) {
            heap.put(STATICS, here.get().with(name, value));
        } else {
            run.store(owner + "." + name, heap.deep(value));
        }
    }
}
