package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Lengths of time as the clouds write them, in days. */
final class Durations {
    private static final Map<Character, BigDecimal> SECONDS = Map.of(
            's', BigDecimal.ONE,
            'm', BigDecimal.valueOf(60),
            'h', BigDecimal.valueOf(3600),
            'd', BigDecimal.valueOf(86_400));
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

    private Durations() {}

    static Value days(Value value) {
        if (value instanceof Value.Numeric) {
            return value;
        }
        var text = Comparison.text(value).orElse("").strip();
        if (text.startsWith("P")) {
            return period(text);
        }
        if (text.isEmpty()) {
            return Value.ABSENT;
        }
        var unit = SECONDS.get(text.charAt(text.length() - 1));
        var number = Comparison.number(Value.of(unit == null ? text : text.substring(0, text.length() - 1)));
        return number.<Value>map(count -> new Value.Numeric(
                        unit == null ? count : count.multiply(unit).divide(DAY, MathContext.DECIMAL32)))
                .orElse(Value.ABSENT);
    }

    private static Value period(String text) {
        try {
            if (text.startsWith("PT")) {
                return new Value.Numeric(
                        BigDecimal.valueOf(java.time.Duration.parse(text).toSeconds())
                                .divide(DAY, MathContext.DECIMAL32));
            }
            var start = LocalDate.EPOCH;
            return Value.of(ChronoUnit.DAYS.between(start, start.plus(Period.parse(text))));
        } catch (DateTimeException e) {
            return Value.ABSENT;
        }
    }
}
