package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Characters;
import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tests that a program makes, and what their outcome tells about what was tested. */
final class Checks implements Model {
    /** The tag of a stream of a text's characters, which has the text's identity. */
    static final String CHARACTERS = "#characters";

    /** The tag of a text that does not begin with what follows. */
    static final String NOT = "#not:";

    private static final Characters DIGITS = Characters.NONE.with('0', '9');
    private static final Characters ALPHABET = Characters.NONE.with('a', 'z').with('A', 'Z');
    private static final Map<String, Characters> LETTERS = Map.of(
            "isDigit", DIGITS,
            "isLetter", ALPHABET,
            "isAlphabetic", ALPHABET,
            "isLetterOrDigit", DIGITS.and(ALPHABET),
            "isJavaIdentifierPart",
                    DIGITS.and(ALPHABET)
                            .with('_')
                            .with('$')
                            .with((char) 0, (char) 8)
                            .with((char) 14, (char) 27)
                            .with((char) 127));

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        if (!call.result().equals("Z")) {
            return Optional.empty();
        }
        if (call.owner().equals("java/util/Objects") && call.name().equals("equals")) {
            return Optional.of(equal(call.argument(0), call.argument(1), state.heap()));
        }
        if (call.owner().equals("java/lang/Character") && LETTERS.containsKey(call.name())) {
            int id = call.argument(0).id();
            return Optional.of(Value.UNKNOWN.checking(new Check(
                    List.of(Fact.without(id, LETTERS.get(call.name()).others())), List.of())));
        }
        if (call.receiver().isEmpty()) {
            return call.owner().equals("java/util/regex/Pattern") && call.name().equals("matches")
                    ? Optional.of(matching(call.argument(0), call.argument(1)))
                    : Optional.empty();
        }
        return switch (call.name()) {
            case "equals", "equalsIgnoreCase", "contentEquals" ->
                Optional.of(equal(call.on(), call.argument(0), state.heap()));
            case "matches" ->
                call.owner().equals(Texts.STRING)
                        ? Optional.of(matching(call.argument(0), call.on()))
                        : matcher(call, state);
            case "startsWith" -> call.owner().equals(Texts.STRING) ? beginning(call) : Optional.empty();
            case "contains" -> call.owner().equals(Texts.STRING) ? containing(call) : Optional.empty();
            case "allMatch", "noneMatch", "anyMatch" ->
                call.on().tags().contains(CHARACTERS) ? each(call, state, run) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** A test how a text begins; where a normalised path does is another matter. */
    private static Optional<Value> beginning(Call call) {
        var on = call.on();
        var start = text(call.argument(0));
        if (on.id() == 0
                || start.isEmpty()
                || call.arguments().size() != 1
                || on.tags().contains(Paths.NORMALISED)) {
            return Optional.empty();
        }
        return Optional.of(Value.UNKNOWN.checking(new Check(
                List.of(Fact.beginning(on.id(), start.get())), List.of(Fact.tagged(on.id(), NOT + start.get())))));
    }

    /** A test for one character. */
    private static Optional<Value> containing(Call call) {
        var tested = text(call.argument(0)).filter(each -> each.length() == 1);
        return tested.isEmpty() || call.on().id() == 0
                ? Optional.empty()
                : Optional.of(Value.UNKNOWN.checking(
                        new Check(List.of(), List.of(Fact.without(call.on().id(), Characters.of(tested.get()))))));
    }

    private static Optional<String> text(Value value) {
        return value.only().filter(String.class::isInstance).map(String.class::cast);
    }

    /** A test of each character of a text. */
    private static Optional<Value> each(Call call, State state, MethodRun run) {
        var test = state.heap().of(call.argument(0)).filter(thing -> thing.shape() == Thing.Shape.LAMBDA);
        var character = Value.of(call.on().taint()).identified(call.on().id());
        var told = test.flatMap(thing -> new OwnMethods(run, state).lambda(thing, List.of(character), call))
                .flatMap(Value::check);
        if (call.on().id() == 0 || told.isEmpty()) {
            return Optional.of(Value.UNKNOWN);
        }
        boolean all = call.name().equals("allMatch");
        var holds = absences(all ? told.get().whenTrue() : told.get().whenFalse());
        return Optional.of(Value.UNKNOWN.checking(
                call.name().equals("anyMatch") ? new Check(List.of(), holds) : new Check(holds, List.of())));
    }

    /** What holds for a text if it holds for each of its characters: that some are not there. */
    private static List<Fact> absences(List<Fact> facts) {
        return facts.stream()
                .filter(fact -> !fact.absent().equals(Characters.NONE))
                .map(fact -> Fact.without(fact.subject(), fact.absent()))
                .toList();
    }

    private static Value equal(Value one, Value other, Heap heap) {
        if (one.isConstant() != other.isConstant()) {
            var constant = one.isConstant() ? one : other;
            var tested = one.isConstant() ? other : one;
            boolean plain = constant.taint().isNone() && tested.things().isEmpty();
            if (tested.id() != 0 && plain) {
                return Value.UNKNOWN.checking(
                        new Check(List.of(Fact.oneOf(tested.id(), constant.constants())), List.of()));
            }
        }
        var known = one.taint().isNone() && !one.elsewhere() && heap.deep(one).isNone();
        return known && other.id() != 0 && !other.taint().isNone()
                ? Value.UNKNOWN.checking(new Check(List.of(Fact.harmless(other.id())), List.of()))
                : Value.UNKNOWN;
    }

    /** {@code Pattern.matcher(text).matches()}: the matcher carries both. */
    private static Optional<Value> matcher(Call call, State state) {
        var of = state.heap().of(call.on());
        if (call.owner().equals(Strings.KOTLINS)) {
            return of.flatMap(each -> each.at("pattern")).map(pattern -> matching(pattern, call.argument(0)));
        }
        var matcher = of.filter(each -> each.type().equals("java/util/regex/Matcher"));
        return matcher.map(each -> matching(
                each.at("pattern").orElse(Value.UNKNOWN), each.at("text").orElse(Value.UNKNOWN)));
    }

    static Value matching(Value pattern, Value text) {
        var allowed = pattern.only()
                .filter(String.class::isInstance)
                .flatMap(each -> Expressions.characters(each.toString()));
        return allowed.isEmpty() || text.id() == 0
                ? Value.UNKNOWN
                : Value.UNKNOWN.checking(
                        new Check(List.of(Fact.without(text.id(), allowed.get().others())), List.of()));
    }

    /** Whether a list has a value: all that it has may be known. */
    static Value contained(List<Thing> lists, Value tested, Heap heap) {
        Set<Object> all = new HashSet<>();
        boolean allConstant = true;
        for (var list : lists) {
            var each = list.all();
            allConstant &= each.isConstant();
            all.addAll(each.constants());
            if (!heap.deep(each).isNone()
                    || (each.elsewhere() && each.constants().isEmpty())) {
                return Value.UNKNOWN;
            }
        }
        if (tested.id() == 0) {
            return Value.UNKNOWN;
        }
        return Value.UNKNOWN.checking(
                new Check(List.of(allConstant ? Fact.oneOf(tested.id(), all) : Fact.harmless(tested.id())), List.of()));
    }

    static Value keyed(List<Thing> maps, Value tested) {
        boolean known = maps.stream()
                .allMatch(each -> each.rest().equals(Value.NOTHING)
                        && each.parts().keySet().stream().allMatch(String.class::isInstance));
        return known && tested.id() != 0
                ? Value.UNKNOWN.checking(new Check(List.of(Fact.harmless(tested.id())), List.of()))
                : Value.UNKNOWN;
    }
}
