package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.Provider;
import dev.stepzero.scan.code.java.knowledge.Provider.Maker;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts that a method of the program makes for another that has no body, such as statements for MyBatis's mappers. */
final class Providers {
    private final MethodRun run;
    private final State state;

    Providers(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    /** Runs what makes the text of what is given here, and judges the text. */
    void look(Call call, Method method) {
        for (var maker : run.analysis().makers(method)) {
            var type = run.analysis().program().type(maker.type());
            var rule = run.analysis().knowledge().rule(maker.rule());
            if (type.isPresent() && rule.isPresent()) {
                for (var target : type.get().methods()) {
                    if (maker.methods().contains(target.name()) && !target.isAbstract()) {
                        var label = OwnMethods.label(target) + "'s result";
                        made(call, method, target, maker)
                                .ifPresent(text -> new Sinks(run, state).judge(text, rule.get(), call.place(), label));
                    }
                }
            }
        }
    }

    private Optional<Value> made(Call call, Method method, Method target, Maker maker) {
        var given = Provider.names(method, maker.names());
        var wanted = Provider.names(target, maker.names());
        var arguments = new ArrayList<Value>();
        for (int i = 0; i < target.type().parameterCount(); i++) {
            boolean all = Instructions.internal(target.type().parameterType(i)).equals("java/util/Map");
            var name = i < wanted.size() ? wanted.get(i) : Optional.<String>empty();
            arguments.add(all ? all(call, given) : call.argument(name.isPresent() ? at(name, given, i) : i));
        }
        Optional<Value> on = target.isStatic()
                ? Optional.empty()
                : Optional.of(
                        state.heap().make(run.number("maker", call.place().index()), Containers.made(maker.type())));
        try {
            return Optional.of(new Calls(run, state)
                    .answer(new Call(maker.type(), target.name(), target.type(), on, arguments, false, call.place())));
        } catch (OwnMethods.NeverReturns _) {
            return Optional.empty();
        }
    }

    private static int at(Optional<String> name, List<Optional<String>> given, int otherwise) {
        int at = given.indexOf(name);
        return at < 0 ? otherwise : at;
    }

    /** All arguments as a map, by their names and numbers. */
    private Value all(Call call, List<Optional<String>> given) {
        var map = Thing.of(Shape.MAP, "java/util/HashMap");
        for (int i = 0; i < call.arguments().size(); i++) {
            map = map.with("param" + (i + 1), call.argument(i));
            if (i < given.size() && given.get(i).isPresent()) {
                map = map.with(given.get(i).get(), call.argument(i));
            }
        }
        return state.heap().make(run.number("given", call.place().index()), map);
    }
}
