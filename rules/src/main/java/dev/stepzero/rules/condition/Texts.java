package dev.stepzero.rules.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Functions over texts. */
final class Texts {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    private static final int MOST_PATTERNS = 10_000;

    private Texts() {}

    /** {@code startsWith} and {@code endsWith}; also answers for a text of which the beginning or the end is known. */
    static Value test(Value[] in, BiPredicate<String, String> test) {
        if (in[1] instanceof Unknown) {
            return Answers.unknown(in);
        }
        var wanted = Comparison.text(in[1]).orElse("");
        if (in[0] instanceof Unknown unknown) {
            if (!unknown.oneOf().isEmpty()) {
                return Alternatives.of(unknown, alternative -> test(new Value[] {alternative, in[1]}, test));
            }
            return knownPartDecides(unknown, wanted, test);
        }
        return Value.of(
                Comparison.text(in[0]).map(text -> test.test(text, wanted)).orElse(false));
    }

    private static Value knownPartDecides(Unknown unknown, String wanted, BiPredicate<String, String> test) {
        var prefix = unknown.prefix();
        boolean startsWith = test.test("ab", "a");
        if (startsWith && prefix.startsWith(wanted)) {
            return Value.TRUE;
        }
        if (startsWith && !prefix.isEmpty() && !wanted.startsWith(prefix)) {
            return Value.FALSE;
        }
        var last = unknown.parts().isEmpty() ? Value.ABSENT : unknown.parts().getLast();
        if (!startsWith && last instanceof Value.Text(var end)) {
            return end.endsWith(wanted) ? Value.TRUE : wanted.endsWith(end) ? Answers.unknown(unknown) : Value.FALSE;
        }
        return Answers.unknown(unknown);
    }

    static Value contains(Value in, Value wanted) {
        if (in instanceof Value.Sequence || in instanceof Value.Mapping) {
            return Comparison.contained(wanted, in);
        }
        if (in instanceof Unknown unknown && wanted instanceof Value.Text text) {
            if (unknown.parts().stream()
                    .anyMatch(part ->
                            part instanceof Value.Text known && known.value().contains(text.value()))) {
                return Value.TRUE;
            }
            return Alternatives.of(unknown, alternative -> contains(alternative, wanted));
        }
        return wanted instanceof Unknown
                ? Answers.unknown(wanted)
                : Value.of(Comparison.text(in)
                        .map(text -> text.contains(Comparison.text(wanted).orElse("")))
                        .orElse(false));
    }

    /** Whether some part of a text matches a regular expression of RE2's syntax, which cannot run away. */
    static Value matches(Value in, Value expression) {
        if (in instanceof Unknown unknown) {
            return Alternatives.of(unknown, alternative -> matches(alternative, expression));
        }
        if (!(expression instanceof Value.Text pattern)) {
            return expression instanceof Unknown ? Answers.unknown(expression) : Value.FALSE;
        }
        try {
            return Value.of(Comparison.text(in)
                    .map(text -> pattern(pattern.value()).matcher(text).find())
                    .orElse(false));
        } catch (PatternSyntaxException e) {
            // One that stands in the rule itself was refused when the rule was read; this one came with the resource.
            return Value.FALSE;
        }
    }

    /** @throws com.google.re2j.PatternSyntaxException if it is none */
    static Pattern pattern(String expression) {
        if (PATTERNS.size() > MOST_PATTERNS) {
            PATTERNS.clear();
        }
        return PATTERNS.computeIfAbsent(expression, Pattern::compile);
    }

    static Value lower(Value value) {
        return changed(value, text -> text.toLowerCase(Locale.ROOT));
    }

    static Value upper(Value value) {
        return changed(value, text -> text.toUpperCase(Locale.ROOT));
    }

    static Value trim(Value value) {
        return changed(value, String::strip);
    }

    /** What a Base64 text stands for; null if it is none. */
    static Value decoded(Value value) {
        var text = Comparison.text(value).orElse("").strip();
        if (text.isEmpty()) {
            return Value.ABSENT;
        }
        try {
            return Value.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Value.ABSENT;
        }
    }

    private static Value changed(Value value, UnaryOperator<String> change) {
        return Comparison.text(value)
                .<Value>map(text -> Value.of(change.apply(text)))
                .orElse(Value.ABSENT);
    }

    static Value split(Value value, Value separator) {
        var between = Comparison.text(separator).orElse(",");
        return Comparison.text(value)
                .<Value>map(text ->
                        Value.listOf(List.of(text.split(java.util.regex.Pattern.quote(between), -1)).stream()
                                .map(Value::of)
                                .toList()))
                .orElse(Value.Sequence.EMPTY);
    }

    static Value of(Value value) {
        return Value.of(Rendering.of(value));
    }

    static Value number(Value value) {
        return Comparison.number(value).<Value>map(Value.Numeric::new).orElse(Value.ABSENT);
    }

    /** The texts of a list, or the one text. */
    static List<String> list(Value value) {
        var texts = new ArrayList<String>();
        for (var item : Reading.elements(value)) {
            Comparison.text(item.value()).ifPresent(texts::add);
        }
        return texts;
    }
}
