package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Characters;
import dev.stepzero.scan.code.java.value.Flow;
import dev.stepzero.scan.code.java.value.Thing;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.Optional;
import java.util.Set;

/** Texts: how they are built, and what replacing takes out of them. */
final class Strings implements Model {
    static final String KOTLINS = "kotlin/text/Regex";

    private static final String STRING = "Ljava/lang/String;";

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        var built = state.heap().of(call.on()).filter(thing -> thing.shape() == Shape.TEXT);
        if (built.isPresent()) {
            return Optional.of(builder(call, built.get(), state));
        }
        if (call.owner().equals(Texts.STRING)) {
            return string(call, state);
        }
        return switch (call.owner()) {
            case "java/util/regex/Pattern" -> pattern(call, state, run);
            case KOTLINS -> expression(call, state);
            default -> Optional.empty();
        };
    }

    /** Kotlin's expressions hold their text, unless there are options, which may change what it means. */
    private static Optional<Value> expression(Call call, State state) {
        var pattern = state.heap().of(call.on()).flatMap(each -> each.at("pattern"));
        if (call.isConstructor() && call.arguments().size() == 1) {
            state.heap().change(call.on(), each -> each.with("pattern", call.argument(0)));
            return Optional.of(Value.NOTHING);
        }
        return call.name().equals("replace")
                        && pattern.isPresent()
                        && call.result().equals(STRING)
                ? Optional.of(replaced(call.argument(0), characters(pattern.get()), call.argument(1), state))
                : Optional.empty();
    }

    private static Value builder(Call call, Thing built, State state) {
        var on = call.on();
        return switch (call.name()) {
            case Call.CONSTRUCTOR, "append" -> {
                boolean sized =
                        call.isConstructor() && call.type().descriptorString().startsWith("(I)");
                if (!call.arguments().isEmpty() && !sized) {
                    var text = Texts.text(
                            call.argument(0), call.type().parameterType(0).descriptorString(), state.heap());
                    state.heap().change(on, thing -> thing.withRest(Texts.concatenate(thing.rest(), text)));
                }
                yield on;
            }
            case "toString" -> built.rest();
            case "insert", "replace", "reverse", "delete", "deleteCharAt", "setCharAt" -> {
                var taint = built.rest().taint();
                for (var argument : call.arguments()) {
                    taint = taint.or(state.heap().deep(argument));
                }
                var all = Value.of(taint).typed(Texts.STRING);
                state.heap().change(on, thing -> thing.withRest(all));
                yield on;
            }
            case "setLength" -> {
                boolean empty =
                        call.argument(0).only().filter(each -> each.equals(0)).isPresent();
                var rest = empty ? Value.constant("") : Value.of(built.rest().taint());
                state.heap().change(on, thing -> thing.withRest(rest));
                yield on;
            }
            default -> Value.of(built.rest().taint());
        };
    }

    private static Optional<Value> string(Call call, State state) {
        return switch (call.name()) {
            case Call.CONSTRUCTOR -> {
                var text = call.arguments().isEmpty()
                        ? Value.constant("")
                        : Value.UNKNOWN
                                .with(state.heap().deep(call.argument(0)))
                                .typed(Texts.STRING);
                if (call.arguments().size() == 1 && call.argument(0).isConstant()) {
                    text = call.argument(0).identified(0);
                }
                var made = text;
                state.refine(call.on().id(), value -> made.identified(value.id()));
                yield Optional.of(Value.NOTHING);
            }
            case "concat" -> Optional.of(Texts.concatenate(call.on(), call.argument(0)));
            case "toString", "intern", "strip", "trim", "toCharArray", "getBytes" ->
                call.on().isConstant() || call.name().equals("toString")
                        ? Optional.of(call.on()
                                .typed(
                                        call.name().equals("toCharArray")
                                                ? "[C"
                                                : call.name().equals("getBytes") ? "[B" : Texts.STRING))
                        : Optional.empty();
            case "valueOf", "copyValueOf" ->
                call.arguments().size() == 1
                        ? Optional.of(Texts.text(
                                call.argument(0), call.type().parameterType(0).descriptorString(), state.heap()))
                        : Optional.empty();
            case "replace" ->
                Optional.of(replaced(
                        call.on(), call.argument(0).only().flatMap(Strings::character), call.argument(1), state));
            case "replaceAll" ->
                Optional.of(replaced(call.on(), characters(call.argument(0)), call.argument(1), state));
            // A character of the stream stands for the whole text: what a test says of each it says of all.
            case "chars", "codePoints" ->
                Optional.of(Fields.typed(call.result())
                        .with(call.on().taint())
                        .identified(call.on().id())
                        .tagged(Set.of(Checks.CHARACTERS)));
            case "split" -> split(call);
            default -> Optional.empty();
        };
    }

    /** A whole array of pieces, each of which may have what the text had. */
    private static Optional<Value> split(Call call) {
        return Optional.of(Value.UNKNOWN
                .with(call.on().taint())
                .typed("[Ljava/lang/String;")
                .notNull());
    }

    private static Optional<Characters> characters(Value expression) {
        return expression.only().filter(String.class::isInstance).flatMap(each -> Expressions.single(each.toString()));
    }

    private static Value replaced(Value text, Optional<Characters> out, Value with, State state) {
        var taint = text.taint();
        if (out.isPresent() && with.isConstant()) {
            var in = with.constants().stream()
                    .map(each -> each instanceof Integer code ? String.valueOf((char) (int) code) : each.toString())
                    .map(Characters::of)
                    .reduce(Characters.NONE, Characters::and);
            var gone = new Characters(out.get().low() & ~in.low(), out.get().high() & ~in.high());
            var escaped = isEscape(out.get(), with) ? out.get() : Characters.NONE;
            taint = taint.map((Flow flow) -> flow.without(gone).escaping(escaped));
        }
        return Value.UNKNOWN.with(taint.or(state.heap().deep(with))).typed(Texts.STRING);
    }

    /** Whether one character is doubled, or gets a backslash before it. */
    private static boolean isEscape(Characters one, Value with) {
        return with.only()
                .filter(each -> each instanceof String text
                        && text.length() == 2
                        && Characters.of(text.substring(1)).equals(one)
                        && (text.charAt(0) == '\\' || text.charAt(0) == text.charAt(1)))
                .isPresent();
    }

    private static Optional<Characters> character(Object constant) {
        return switch (constant) {
            case Integer code -> Optional.of(Characters.NONE.with((char) (int) code));
            case String text when text.length() == 1 -> Optional.of(Characters.of(text));
            default -> Optional.empty();
        };
    }

    /** A compiled pattern counts as its text; a matcher holds the pattern and what it is tried on. */
    private static Optional<Value> pattern(Call call, State state, MethodRun run) {
        return switch (call.name()) {
            case "compile" ->
                call.arguments().size() == 1 && call.argument(0).isConstant()
                        ? Optional.of(call.argument(0).typed("java/util/regex/Pattern"))
                        : Optional.empty();
            case "matcher" -> {
                var matcher = Thing.of(Shape.OBJECT, "java/util/regex/Matcher")
                        .with("pattern", call.on())
                        .with("text", call.argument(0));
                yield Optional.of(
                        state.heap().make(run.number("made", call.place().index()), matcher));
            }
            default -> Optional.empty();
        };
    }
}
