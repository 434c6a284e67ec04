package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.knowledge.Facts;
import dev.stepzero.scan.code.java.knowledge.Positions;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.value.Characters;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Null;
import dev.stepzero.scan.code.java.value.Place;
import dev.stepzero.scan.code.java.value.Step;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What rules say about a call, and whether they fail there. */
final class Sinks {
    private static final Set<String> NAMED = Set.of(
            "Ljava/lang/String;",
            "Ljava/lang/CharSequence;",
            "Ljava/lang/Integer;",
            "Ljava/lang/Long;",
            "[C",
            "[B",
            "I",
            "J");

    private final MethodRun run;
    private final State state;

    Sinks(MethodRun run, State state) {
        this.run = run;
        this.state = state;
    }

    void look(Call call, Facts facts) {
        for (var sink : facts.sinks()) {
            if (sink.on().isEmpty() || call.on().tags().contains(sink.on())) {
                run.analysis().knowledge().rule(sink.rule()).ifPresent(rule -> flows(call, sink, rule));
            }
        }
        var own = run.analysis().program().type(call.owner()).flatMap(type -> type.method(call.member()));
        own.filter(Method::isAbstract).ifPresent(method -> {
            templates(call, method);
            new Providers(run, state).look(call, method);
        });
        for (var check : facts.values()) {
            run.analysis().knowledge().rule(check.rule()).ifPresent(rule -> values(call, check));
        }
        for (var setting : facts.settings()) {
            settings(call, setting);
        }
    }

    private void templates(Call call, Method method) {
        run.analysis()
                .templates(method)
                .forEach((id, holes) -> run.analysis().knowledge().rule(id).ifPresent(rule -> {
                    for (var hole : holes) {
                        flows(call.argument(hole), "", rule, call.place(), call.label());
                    }
                }));
    }

    private static List<Value> at(Positions positions, Call call) {
        var values = new ArrayList<Value>();
        positions.of(call.arguments().size()).forEach(number -> values.add(call.argument(number)));
        if (positions.receiver()) {
            call.receiver().ifPresent(values::add);
        }
        return values;
    }

    private void flows(Call call, Facts.Sink sink, CodeRule rule) {
        if (sink.where().filter(where -> !isWrong(call.argument(0), where)).isPresent()) {
            return;
        }
        if (sink.unless().stream().anyMatch(all -> call.all().stream().anyMatch(each -> isSet(each, all)))) {
            return;
        }
        for (var value : sink.types().isEmpty() ? at(sink.at(), call) : ofTypes(sink.types(), call)) {
            flows(value, sink.starts(), rule, call.place(), call.label());
        }
    }

    private static List<Value> ofTypes(Set<String> types, Call call) {
        var values = new ArrayList<Value>();
        for (int i = 0; i < call.arguments().size(); i++) {
            if (types.contains(call.type().parameterType(i).displayName())) {
                values.add(call.argument(i));
            }
        }
        return values;
    }

    private boolean isSet(Value value, Map<String, String> settings) {
        return state.heap()
                .of(value)
                .filter(each -> each.shape() == Shape.OBJECT && isSet(each, settings))
                .isPresent();
    }

    /**
     * What is done with what a method gives back.
     *
     * @return the same where it was judged by the method's name
     */
    Value returned(Value value, Place place) {
        for (var each : run.analysis().knowledge().returned(run.method())) {
            if (each.unless().isEmpty() || !value.tags().contains(each.unless())) {
                run.analysis()
                        .knowledge()
                        .rule(each.rule())
                        .ifPresent(rule ->
                                flows(value, each.starts(), rule, place, OwnMethods.label(run.method()) + "'s result"));
            }
        }
        var type = run.method().descriptor();
        return named(
                value,
                type.substring(type.lastIndexOf(')') + 1),
                run.method().name(),
                place,
                OwnMethods.label(run.method()) + "'s result");
    }

    /**
     * What is kept, or given back, under a name that rules mind: texts, bytes and numbers. Truths and other objects have
     * such names for being about them.
     *
     * @param descriptor the type that is declared
     * @return the same, which need not be judged so again
     */
    Value named(Value value, String descriptor, String name, Place place, String label) {
        var judged = value;
        if (!NAMED.contains(descriptor)) {
            return judged;
        }
        for (var rule : run.analysis().knowledge().named(name)) {
            flows(value, "", rule, place, label);
            judged = judged.with(judged.taint().map((Flow flow) -> flow.cleanedFor(Set.of(rule.id()))));
        }
        return judged;
    }

    /** A value gets where it does harm. */
    void judge(Value value, CodeRule rule, Place place, String label) {
        flows(value, "", rule, place, label);
    }

    private void flows(Value value, String starts, CodeRule rule, Place place, String label) {
        if (!value.start().startsWith(starts)) {
            return;
        }
        var taint = state.heap().deep(value);
        taint.flows().forEach((source, flow) -> {
            if (rule.from().contains(source.kind())
                    && !flow.cleaned().contains(rule.id())
                    && rule.isPossible(flow.absent())
                    && !beginsSafely(value, starts.length(), flow, rule)) {
                var trail = flow.trail().end(new Step(place, "gets to " + label));
                var weaker = rule.weaker().filter(each -> each.isDoneWith(flow.escaped()));
                var message = weaker.map(CodeRule.Weaker::message).orElse(rule.message());
                run.hit(new Hit(rule.id(), place, label, message, weaker.isPresent(), Optional.of(source), trail));
            }
        });
        if (!taint.isNone()) {
            // Once is enough: what goes on from here is the same mistake.
            state.refine(
                    value.id(), each -> each.with(each.taint().map((Flow flow) -> flow.cleanedFor(Set.of(rule.id())))));
        }
    }

    /** Whether a text begins as it safely may: by what is known of it, and whichever character may follow that. */
    private static boolean beginsSafely(Value value, int from, Flow flow, CodeRule rule) {
        if (rule.safeStart().isEmpty()) {
            return false;
        }
        var safe = rule.safeStart().get();
        var start = value.start().substring(from);
        if (safe.matcher(start).find()) {
            return true;
        }
        if (start.isEmpty() || value.tags().stream().noneMatch(each -> each.startsWith(Checks.NOT))) {
            return false;
        }
        for (char c = 0; c <= 128; c++) {
            boolean possible = !flow.absent().hasAny(Characters.NONE.with(c))
                    && !value.tags().contains(Checks.NOT + value.start() + c);
            if (possible && !safe.matcher(start + c).find()) {
                return false;
            }
        }
        return true;
    }

    private void values(Call call, Facts.ValueCheck check) {
        for (var value : at(check.at(), call)) {
            if (check.wrong().isEmpty()
                    ? isHardCoded(value)
                    : isWrong(value, check.wrong().get())) {
                misuse(call, check.rule(), check.message());
            }
        }
        if (call.arguments().isEmpty() && check.wrong().isEmpty()) {
            misuse(call, check.rule(), check.message());
        }
    }

    private void misuse(Call call, String rule, String message) {
        run.hit(new Hit(
                rule,
                call.place(),
                call.label(),
                message,
                false,
                Optional.empty(),
                dev.stepzero.scan.code.java.value.Trail.EMPTY));
    }

    private static boolean isWrong(Value value, Pattern wrong) {
        return value.constants().stream()
                .filter(each -> each != Null.NULL)
                .anyMatch(each -> wrong.matcher(each.toString()).find());
    }

    private boolean isHardCoded(Value value) {
        if (value.isConstant()) {
            return value.constants().stream().anyMatch(each -> each instanceof String text && !text.isEmpty());
        }
        return state.heap().of(value).filter(Arrays::isConstant).isPresent();
    }

    private void settings(Call call, Facts.Setting setting) {
        if (!setting.unless().isEmpty()
                && call.arguments().stream().anyMatch(each -> each.tags().contains(setting.unless()))) {
            return;
        }
        for (var value : at(setting.at(), call)) {
            var thing = state.heap().of(value).filter(each -> each.shape() == Shape.OBJECT && each.size() >= 0);
            if (thing.isPresent() && setting.required().stream().noneMatch(all -> isSet(thing.get(), all))) {
                misuse(call, setting.rule(), setting.message());
            }
        }
    }

    private static boolean isSet(Thing thing, Map<String, String> required) {
        return required.entrySet().stream()
                .allMatch(each -> thing.at(each.getKey())
                        .filter(value -> may(value, each.getValue()))
                        .isPresent());
    }

    /** Whether a setting may be as it should: what is not known gets the benefit of the doubt. */
    private static boolean may(Value value, String wanted) {
        return value.elsewhere()
                || !value.things().isEmpty()
                || value.constants().stream().allMatch(each -> text(each).matches(wanted));
    }

    private static String text(Object constant) {
        return constant instanceof Integer number
                ? (number == 0 ? "false" : number == 1 ? "true" : number.toString())
                : constant == Null.NULL ? "null" : constant.toString();
    }
}
