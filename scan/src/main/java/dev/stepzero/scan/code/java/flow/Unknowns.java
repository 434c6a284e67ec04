package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Step;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.List;

/**
 * Calls of which nothing is known: the result may have whatever went in, unless it is a number; an object that is only
 * told something keeps it.
 */
final class Unknowns {
    private static final List<String> KEEPERS = List.of("java/util/", "java/lang/");

    private final MethodRun run;
    private final State state;

    Unknowns(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    Value answer(Call call) {
        var given = given(call);
        boolean tells = call.isConstructor() || call.result().equals("V") || returnsItself(call);
        if (call.receiver().isPresent() && tells) {
            tell(call, given);
        }
        if (returnsItself(call) && !call.on().things().isEmpty()) {
            return call.on();
        }
        var all = given.or(call.receiver().map(state.heap()::deep).orElse(Taint.NONE));
        return Fields.typed(call.result()).with(through(call, all));
    }

    /** What the arguments hold, and what lambdas among them give. */
    Taint given(Call call) {
        var given = Taint.NONE;
        for (var argument : call.arguments()) {
            // What a lambda holds goes where its result goes, and nowhere else.
            given = isLambda(argument) ? given : given.or(state.heap().deep(argument));
        }
        return given.or(called(call, given));
    }

    private boolean isLambda(Value value) {
        return state.heap()
                .of(value)
                .filter(each -> each.shape() == Shape.LAMBDA)
                .isPresent();
    }

    /** Methods such as a builder's, that give back what they are called on. */
    private boolean returnsItself(Call call) {
        return call.receiver().isPresent()
                && call.result().equals("L" + call.owner() + ";")
                && !call.arguments().isEmpty()
                && !call.on().things().isEmpty();
    }

    private static Taint through(Call call, Taint taint) {
        var step = new Step(call.place(), "goes through " + call.label());
        return taint.map((Flow flow) -> flow.then(step));
    }

    /** What the lambdas give that are handed over; where none is, whatever went in. */
    Taint lambdas(Call call) {
        var given = Taint.NONE;
        boolean any = false;
        for (var argument : call.arguments()) {
            any |= isLambda(argument);
            given = isLambda(argument) ? given : given.or(state.heap().deep(argument));
        }
        return any ? called(call, given) : state.heap().deep(answer(call));
    }

    /** What lambdas do that are handed over: they are called with what else went in. */
    private Taint called(Call call, Taint given) {
        var result = Taint.NONE;
        for (var argument : call.arguments()) {
            var thing = state.heap().of(argument);
            if (thing.isPresent() && isLambda(argument)) {
                var all = given.or(call.receiver().map(state.heap()::deep).orElse(Taint.NONE));
                var some = Value.of(through(call, all));
                var back = new OwnMethods(run, state)
                        .lambda(thing.get(), List.of(some, some, some), call)
                        .orElse(Value.UNKNOWN);
                result = result.or(state.heap().deep(back));
            }
        }
        return result;
    }

    private void tell(Call call, Taint given) {
        var on = call.on();
        boolean one = call.arguments().size() == 1;
        var first = call.argument(0);
        boolean named = call.arguments().size() == 2 && first.only().isPresent();
        state.heap().change(on, thing -> {
            if (thing.shape() != Shape.OBJECT || call.isConstructor()) {
                return thing.plus(Value.of(given));
            }
            Thing told = on.tags().isEmpty() ? keep(thing, given) : thing;
            if (one) {
                return told.with(call.name(), first.identified(0));
            }
            if (named) {
                return told.with(
                        call.name() + ":" + first.only().get(), call.argument(1).identified(0));
            }
            return call.arguments().isEmpty() ? told.with(call.name(), Value.constant(1)) : told;
        });
        boolean keeps = call.isConstructor() || KEEPERS.stream().anyMatch(call.owner()::startsWith);
        if (on.things().isEmpty() && !given.isNone() && keeps) {
            add(on, Value.of(given));
        }
    }

    private static Thing keep(Thing thing, Taint given) {
        return given.isNone() ? thing : thing.plus(Value.of(given));
    }

    /** Something is put into an object. */
    void add(Value into, Value more) {
        state.heap().change(into, thing -> thing.plus(more));
        if (into.things().isEmpty()) {
            state.refine(into.id(), value -> value.plus(more.taint()));
        }
    }
}
