package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.Facts;
import dev.stepzero.scan.code.java.program.Types;
import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Label;
import dev.stepzero.scan.code.java.value.Step;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Trail;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls: what rule files say about them, what is known of Java's library, what the program's own methods do. */
final class Calls {
    private static final List<Model> MODELS = List.of(
            new Folding(),
            new Hosts(),
            new Checks(),
            new Strings(),
            new Containers(),
            new Paths(),
            new Reflection(),
            new Passing());

    private final MethodRun run;
    private final State state;

    Calls(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    /**
     * Runs a call.
     *
     * @return whether it may come back
     */
    boolean invoke(InvokeInstruction instruction, int index) {
        var type = instruction.typeSymbol();
        var arguments = new ArrayList<Value>();
        for (var each : type.parameterList().reversed()) {
            if (TypeKind.from(each).slotSize() == 2) {
                state.pop();
            }
            arguments.addFirst(state.pop());
        }
        boolean isStatic = instruction.opcode() == Opcode.INVOKESTATIC;
        var call = new Call(
                instruction.owner().asInternalName(),
                instruction.name().stringValue(),
                type,
                isStatic ? Optional.empty() : Optional.of(state.pop()),
                arguments,
                instruction.opcode() == Opcode.INVOKEVIRTUAL || instruction.opcode() == Opcode.INVOKEINTERFACE,
                run.place(index));
        try {
            var result = answer(call);
            var kind = TypeKind.from(type.returnType());
            if (kind != TypeKind.VOID) {
                Instructions.push(state, result, kind, index, run.seenBefore(index));
            }
            return true;
        } catch (OwnMethods.NeverReturns e) {
            return false;
        }
    }

    /** What a call gives. */
    Value answer(Call call) {
        var types = run.analysis().types();
        var narrow = call.on().type();
        var owner = !narrow.isEmpty() && call.receiver().isPresent() && types.is(narrow, Types.known(call.owner()))
                ? narrow
                : call.owner();
        var facts = run.analysis().knowledge().of(owner, call.name(), call.type(), types);
        new Sinks(run, state).look(call, facts);
        var result = Numbered.asDeclared(known(call, facts), call.result());
        return tagged(call, facts, new Beginnings(call, state).of(facts.beginnings(), result));
    }

    private Value known(Call call, Facts facts) {
        if (!facts.cleaners().isEmpty()) {
            new Arrays(state).mayBeWritten(call);
            return cleaned(call, facts.cleaners().getFirst());
        }
        if (!facts.sources().isEmpty()) {
            new Arrays(state).mayBeWritten(call);
            return source(call, facts.sources().getFirst());
        }
        if (!facts.passes().isEmpty()) {
            new Arrays(state).mayBeWritten(call);
            return passed(call, facts.passes().getFirst());
        }
        for (var model : MODELS) {
            var answer = model.answer(call, state, run);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new OwnMethods(run, state).answer(call).orElseGet(() -> {
            new Arrays(state).mayBeWritten(call);
            return new Unknowns(run, state).answer(call);
        });
    }

    private Value source(Call call, Facts.Source source) {
        var label = Label.from(source.kind(), source.text(), call.place());
        var trail = Trail.EMPTY.then(new Step(call.place(), source.what() + " comes in"));
        var taint = Taint.of(label, Flow.begin(trail).without(source.absent()));
        if (source.into().isPresent()) {
            for (var number : source.into().get().of(call.arguments().size())) {
                new Unknowns(run, state).add(call.argument(number), Value.of(taint));
            }
            return Value.UNKNOWN;
        }
        return Fields.typed(call.result()).with(taint);
    }

    private Value cleaned(Call call, Facts.Cleaner cleaner) {
        if (cleaner.tests()) {
            var facts = new ArrayList<Fact>();
            for (var number : cleaner.at().of(call.arguments().size())) {
                int id = call.argument(number).id();
                if (id != 0) {
                    facts.add(cleaner.forAll() ? Fact.harmless(id) : Fact.without(id, cleaner.absent()));
                }
            }
            return Value.UNKNOWN.checking(new Check(facts, List.of()));
        }
        var taint = Taint.NONE;
        for (var each : call.all()) {
            taint = taint.or(state.heap().deep(each));
        }
        var left = cleaner.forAll()
                ? Taint.NONE
                : taint.map((Flow flow) -> flow.cleanedFor(cleaner.rules()).without(cleaner.absent()));
        if (call.isConstructor()) {
            new Unknowns(run, state).add(call.on(), Value.of(left));
        }
        return Fields.typed(call.result()).with(left);
    }

    private Value passed(Call call, Facts.Pass pass) {
        var from = Value.NOTHING;
        for (var number : pass.from().of(call.arguments().size())) {
            from = from.plus(state.heap().deep(call.argument(number)));
        }
        if (pass.from().receiver()) {
            from = from.plus(state.heap().deep(call.on()));
        }
        if (pass.from().lambda()) {
            from = from.plus(new Unknowns(run, state).lambdas(call));
        }
        if (pass.to().equals("result")) {
            return Fields.typed(call.result()).with(from.taint());
        }
        if (pass.to().equals("this")) {
            new Unknowns(run, state).add(call.on(), Value.of(from.taint()));
            return call.on();
        }
        if (pass.to().matches("\\d")) {
            new Unknowns(run, state).add(call.argument(Integer.parseInt(pass.to())), Value.of(from.taint()));
        }
        return Fields.typed(call.result());
    }

    /** The result as other rules ask for it: an object of its own, with what was set on the one that it came from. */
    private Value tagged(Call call, Facts facts, Value result) {
        var value = result;
        for (var tag : facts.tags()) {
            if (tag.where().isPresent()) {
                boolean is = call.argument(0)
                        .only()
                        .filter(each ->
                                tag.where().get().matcher(each.toString()).find())
                        .isPresent();
                if (is && call.receiver().isEmpty()) {
                    value = objectOf(call, tag, value);
                }
                state.refine(is ? call.on().id() : 0, each -> each.tagged(Set.of(tag.tag())));
                continue;
            }
            if (call.on().tags().contains(tag.unless())) {
                continue;
            }
            boolean here = tag.from().isEmpty()
                    || call.arguments().stream().anyMatch(each -> each.tags().contains(tag.tag()))
                    || (tag.from().get().receiver() && call.on().tags().contains(tag.tag()));
            if (!here) {
                continue;
            }
            if (call.isConstructor()) {
                state.refine(call.on().id(), each -> each.tagged(Set.of(tag.tag())));
                continue;
            }
            value = objectOf(call, tag, value);
        }
        return value;
    }

    /** A result that has a tag. */
    private Value objectOf(Call call, Facts.Tag tag, Value result) {
        var value = result;
        if (value.things().isEmpty() && !value.isConstant()) {
            var parent = tag.from().isPresent() ? state.heap().of(call.on()) : Optional.<Thing>empty();
            var made = Thing.of(Shape.OBJECT, Instructions.internal(call.type().returnType()));
            for (var part : parent.map(Thing::parts).orElse(java.util.Map.of()).entrySet()) {
                made = made.with(part.getKey(), part.getValue());
            }
            value = state.heap()
                    .make(run.number("made", call.place().index()), made)
                    .plus(result.taint());
        }
        return value.tagged(Set.of(tag.tag()));
    }
}
