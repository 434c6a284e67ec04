package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.program.Types;
import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Label;
import dev.stepzero.scan.code.java.value.Step;
import dev.stepzero.scan.code.java.value.Taint;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of the program's own methods: what they do with what they are given here. */
final class OwnMethods {
    private final MethodRun run;
    private final State state;
    private final Analysis analysis;

    OwnMethods(MethodRun run, State state) {
        this.run = run;
        this.state = state;
        analysis = run.analysis();
    }

    /** What the call gives; empty where no method of the program answers it, or nobody knows which. */
    Optional<Value> answer(Call call) {
        var lambdas = lambdas(call);
        if (!lambdas.isEmpty()) {
            var result = Value.NOTHING;
            for (var lambda : lambdas) {
                result = result.or(lambda(lambda, call.arguments(), call).orElse(Value.UNKNOWN));
            }
            return Optional.of(result);
        }
        var targets = targets(call);
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        return all(targets, call, slots(call));
    }

    private Optional<Value> all(Set<Method> targets, Call call, List<Value> slots) {
        var before = state.copy();
        Optional<State> after = Optional.empty();
        var result = Value.NOTHING;
        for (var target : targets) {
            var each = before.copy();
            var given = analysis.call(target, slots, each.heap(), run.depth() + 1);
            if (given.isEmpty()) {
                return Optional.empty();
            }
            if (given.get().summary().returns()) {
                result = result.or(apply(given.get(), each, call, target));
                after = Optional.of(after.isEmpty() ? each : after.get().or(each));
            } else {
                report(given.get(), call, target);
            }
        }
        if (after.isEmpty()) {
            throw new NeverReturns();
        }
        state.become(after.get());
        return Optional.of(result);
    }

    /** A method that only throws. */
    static final class NeverReturns extends RuntimeException {
        private static final long serialVersionUID = 1;

        NeverReturns() {
            super(null, null, false, false);
        }
    }

    private List<Thing> lambdas(Call call) {
        var lambdas = new ArrayList<Thing>();
        for (var number : call.on().things()) {
            state.heap().at(number).filter(each -> each.shape() == Shape.LAMBDA).ifPresent(lambdas::add);
        }
        return call.receiver().isPresent() ? lambdas : List.of();
    }

    /** Calls what a lambda stands for. */
    Optional<Value> lambda(Thing lambda, List<Value> arguments, Call at) {
        var target = lambda.target().orElseThrow();
        if (!at.name().equals(target.calledAs()) && at.owner().equals(lambda.type())) {
            return Optional.empty();
        }
        var type = MethodTypeDesc.ofDescriptor(target.descriptor());
        var all = new ArrayList<Value>();
        for (int i = 0; i < lambda.parts().size(); i++) {
            all.add(lambda.at(i).orElse(Value.UNKNOWN));
        }
        all.addAll(arguments);
        Optional<Value> receiver = Optional.empty();
        if (target.makes()) {
            receiver = Optional.of(state.heap()
                    .make(run.number("made", at.place().index(), target.owner()), Containers.made(target.owner())));
        } else if (!target.isStatic() && !all.isEmpty()) {
            receiver = Optional.of(all.removeFirst());
        }
        while (all.size() > type.parameterCount()) {
            all.removeLast();
        }
        while (all.size() < type.parameterCount()) {
            all.add(Value.UNKNOWN);
        }
        boolean overridable =
                !target.isStatic() && !target.makes() && !target.name().startsWith("lambda$");
        var call = new Call(
                target.owner(),
                target.makes() ? Call.CONSTRUCTOR : target.name(),
                target.makes() ? type.changeReturnType(java.lang.constant.ConstantDescs.CD_void) : type,
                receiver,
                all,
                overridable,
                at.place());
        var result = new Calls(run, state).answer(call);
        return target.makes() ? receiver : Optional.of(result);
    }

    private Set<Method> targets(Call call) {
        var types = analysis.types();
        var found = new LinkedHashSet<Method>();
        if (call.receiver().isEmpty() || !call.overridable()) {
            types.inherited(call.owner(), call.member())
                    .filter(each -> !each.isAbstract())
                    .ifPresent(found::add);
            return found;
        }
        var on = call.on();
        for (var number : on.things()) {
            var type = state.heap().at(number).map(Thing::type).orElse("");
            boolean open =
                    state.heap().at(number).filter(thing -> thing.size() < 0).isPresent();
            if (open) {
                found.addAll(types.overriding(type, call.member()));
            } else {
                types.inherited(type, call.member()).ifPresent(found::add);
            }
        }
        if (on.elsewhere() || on.things().isEmpty()) {
            // What implements a type of a library is called by the library, with objects that are not known here.
            var type = narrower(call, types);
            if (analysis.program().type(type).isPresent()) {
                found.addAll(types.overriding(type, call.member()));
            }
        }
        found.removeIf(Method::isAbstract);
        return found;
    }

    private static String narrower(Call call, Types types) {
        var type = call.on().type();
        return !type.isEmpty() && types.is(type, Types.known(call.owner())) ? type : call.owner();
    }

    static List<Value> slots(Call call) {
        var slots = new ArrayList<Value>();
        call.receiver().ifPresent(slots::add);
        for (int i = 0; i < call.arguments().size(); i++) {
            slots.add(call.argument(i));
            if (TypeKind.from(call.type().parameterType(i)).slotSize() == 2) {
                slots.add(Value.TOP);
            }
        }
        return slots;
    }

    private static Step step(Call call, Method target) {
        return new Step(call.place(), "goes through " + label(target));
    }

    static String label(Method method) {
        var type = method.owner().name();
        var simple = type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
        return method.name().startsWith("<") ? "new " + simple : simple + "." + method.name();
    }

    /** What goes wrong inside because of what is given here. */
    private void report(Analysis.Used used, Call call, Method target) {
        var projection = used.projection();
        for (var hit : used.summary().pending()) {
            var label = hit.label().orElseThrow();
            run.hit(hit.given(
                    projection.label(label),
                    projection.trail(label, new Step(call.place(), "is given to " + label(target)), hit.trail())));
        }
        used.summary()
                .stored()
                .forEach((field, taint) -> run.store(field, taint(taint, projection, step(call, target))));
    }

    private Value apply(Analysis.Used used, State then, Call call, Method target) {
        report(used, call, target);
        var summary = used.summary();
        var projection = used.projection();
        var mapping = new Mapping(projection, step(call, target), call.place().index(), target);
        var heap = then.heap();
        var made = new LinkedHashMap<Integer, Thing>();
        for (var entry : reachable(summary).things().entrySet()) {
            var number = mapping.number(entry.getKey());
            var thing = entry.getValue().map(mapping::value);
            var callers = projection.callers(entry.getKey());
            if (callers.isEmpty() && heap.at(number).isPresent()) {
                thing = heap.at(number).get().or(thing).asMany();
            }
            made.put(number, thing);
        }
        made.forEach(heap::put);
        for (int i = 0; i < summary.after().size(); i++) {
            refine(projection.given().get(i), summary.after().get(i), mapping, then);
        }
        var result = mapping.value(summary.result());
        return summary.told().isEmpty()
                ? result
                : result.checking(mapping.check(summary.told().get()));
    }

    private static void refine(Value before, Value after, Mapping mapping, State then) {
        int id = mapping.projection.identity(before.id());
        if (id != 0
                && (!before.taint().equals(after.taint()) || !before.constants().equals(after.constants()))) {
            var taint = mapping.taint(after.taint());
            var constants = after.isConstant() && !before.isConstant()
                    ? Optional.of(after.constants())
                    : Optional.<Set<Object>>empty();
            then.refine(id, value -> {
                var refined = value.with(taint);
                return constants.map(refined::withConstants).orElse(refined);
            });
        }
    }

    /** What of the method's things anybody can still get at. */
    private static Heap reachable(Summary summary) {
        var heap = summary.heap().copy();
        var roots = new ArrayList<>(summary.after());
        roots.add(summary.result());
        heap.keep(heap.reachable(roots));
        return heap;
    }

    private static Taint taint(Taint taint, Projection projection, Step step) {
        var all = new LinkedHashMap<Label, Flow>();
        taint.flows()
                .forEach((label, flow) -> all.merge(
                        projection.label(label),
                        flow.on(projection.trail(label, step, flow.trail())),
                        (one, other) -> one));
        return new Taint(all);
    }

    /** From what the method sees to what its caller sees. */
    private final class Mapping {
        private final Projection projection;
        private final Step step;
        private final int index;
        private final Method target;

        Mapping(Projection projection, Step step, int index, Method target) {
            this.projection = projection;
            this.step = step;
            this.index = index;
            this.target = target;
        }

        int number(int own) {
            return projection.callers(own).orElseGet(() -> run.number("called", index, target, own));
        }

        Taint taint(Taint taint) {
            return taint.isNone() ? taint : OwnMethods.taint(taint, projection, step);
        }

        Value value(Value value) {
            var plain = value.with(taint(value.taint())).unchecked().identified(projection.identity(value.id()));
            return value.things().isEmpty()
                    ? plain
                    : plain.withThings(value.things().stream()
                            .map(this::number)
                            .collect(java.util.stream.Collectors.toUnmodifiableSet()));
        }

        Check check(Check check) {
            return new Check(facts(check.whenTrue()), facts(check.whenFalse()));
        }

        private List<Fact> facts(List<Fact> facts) {
            return facts.stream()
                    .map(each -> each.about(projection.identity(each.subject())))
                    .filter(each -> each.subject() != 0)
                    .toList();
        }
    }
}
