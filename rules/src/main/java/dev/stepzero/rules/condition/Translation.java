package dev.stepzero.rules.condition;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From CEL's syntax tree, parsed without macros, to terms. */
final class Translation {
    private static final Map<String, Term.Macro> MACROS = Map.of(
            "exists", Term.Macro.EXISTS,
            "all", Term.Macro.ALL,
            "exists_one", Term.Macro.EXISTS_ONE,
            "filter", Term.Macro.FILTER,
            "map", Term.Macro.MAP);

    /** RE2 writes repetitions out, and those in repetitions multiply: a short expression could fill the memory. */
    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

    private static final int MOST_TIMES = 100;

    private Translation() {}

    static Term of(CelExpr expression) throws MalformedCondition {
        return switch (expression.getKind()) {
            case CONSTANT -> new Term.Constant(constant(expression.constant()));
            case IDENT -> new Term.Name(expression.ident().name());
            case SELECT ->
                new Term.Select(
                        of(expression.select().operand()), expression.select().field());
            case LIST -> new Term.Items(all(expression.list().elements()));
            case CALL -> call(expression.call());
            default -> throw new MalformedCondition("'%s' has no place in a condition".formatted(expression.getKind()));
        };
    }

    private static Term call(CelExpr.CelCall call) throws MalformedCondition {
        var macro = MACROS.get(call.function());
        if (macro != null && call.target().isPresent() && call.args().size() == 2) {
            return new Term.Each(
                    macro,
                    of(call.target().get()),
                    call.args().getFirst().ident().name(),
                    of(call.args().get(1)));
        }
        if (call.function().equals("has") && call.target().isEmpty()) {
            return new Term.Call("_!=_", List.of(of(call.args().getFirst()), new Term.Constant(Value.ABSENT)));
        }
        var arguments = new ArrayList<Term>();
        if (call.target().isPresent()) {
            arguments.add(of(call.target().get()));
        }
        arguments.addAll(all(call.args()));
        if (call.function().equals("matches")
                && arguments.getLast() instanceof Term.Constant constant
                && constant.value() instanceof Value.Text expression) {
            requirePattern(expression.value());
        }
        return new Term.Call(call.function(), arguments);
    }

    private static void requirePattern(String expression) throws MalformedCondition {
        long times = 1;
        for (var group = REPEATED_GROUP.matcher(expression); group.find() && times <= MOST_TIMES; ) {
            times *= Math.max(1, Math.max(number(group.group(1)), number(group.group(2))));
        }
        if (times > MOST_TIMES) {
            throw new MalformedCondition(
                    "'%s' repeats its groups more than %d times".formatted(expression, MOST_TIMES));
        }
        try {
            Texts.pattern(expression);
        } catch (PatternSyntaxException e) {
            throw new MalformedCondition("'%s' is no regular expression: %s".formatted(expression, e.getMessage()));
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 1 : Long.parseLong(digits);
    }

    private static List<Term> all(List<CelExpr> expressions) throws MalformedCondition {
        var terms = new ArrayList<Term>(expressions.size());
        for (var each : expressions) {
            terms.add(of(each));
        }
        return terms;
    }

    private static Value constant(CelConstant constant) throws MalformedCondition {
        return switch (constant.getKind()) {
            case NULL_VALUE -> Value.ABSENT;
            case BOOLEAN_VALUE -> Value.of(constant.booleanValue());
            case INT64_VALUE -> Value.of(constant.int64Value());
            case UINT64_VALUE -> Value.of(constant.uint64Value().longValue());
            case DOUBLE_VALUE -> new Value.Numeric(BigDecimal.valueOf(constant.doubleValue()));
            case STRING_VALUE -> Value.of(constant.stringValue());
            default -> throw new MalformedCondition("a constant of type %s".formatted(constant.getKind()));
        };
    }
}
