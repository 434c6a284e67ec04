package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** Functions of dates and times. */
final class Dates {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private Dates() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "timestamp", "plantimestamp" ->
                Unknown.because(arguments.function() + "() gives something else at every run")
                        .present();
            case "timecmp" ->
                Value.of(Integer.signum(Timestamps.parse(arguments.text(0))
                        .toInstant()
                        .compareTo(Timestamps.parse(arguments.text(1)).toInstant())));
            case "timeadd" -> added(arguments);
            case "formatdate" -> Value.of(formatted(arguments.text(0), Timestamps.parse(arguments.text(1))));
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value added(Arguments arguments) {
        try {
            return Value.of(Timestamps.shown(Timestamps.parse(arguments.text(0)).plus(duration(arguments.text(1)))));
        } catch (DateTimeException | ArithmeticException e) {
            throw arguments.wrong(1, "the time is out of range");
        }
    }

    /** A sum such as {@code 1h30m}, with one sign for all of it. */
    private static Duration duration(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length() || text.length() > 100) {
            throw new FunctionError("time: invalid duration \"" + text + "\"");
        }
        var nanos = BigDecimal.ZERO;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == '.')) {
                at++;
            }
            var number = NumberText.parse(text.substring(start, at));
            start = at;
            while (at < text.length() && Character.digit(text.charAt(at), 10) < 0 && text.charAt(at) != '.') {
                at++;
            }
            if (number == null) {
                throw new FunctionError("time: invalid duration \"" + text + "\"");
            }
            nanos = nanos.add(number.multiply(BigDecimal.valueOf(unit(text.substring(start, at), text))));
        }
        return Duration.ofNanos(
                (text.startsWith("-") ? nanos.negate() : nanos).toBigInteger().longValueExact());
    }

    private static long unit(String unit, String text) {
        return switch (unit) {
            case "h" -> 3600 * NANOS_A_SECOND;
            case "m" -> 60 * NANOS_A_SECOND;
            case "s" -> NANOS_A_SECOND;
            case "ms" -> 1_000_000;
            case "us", "\u00B5s", "\u03BCs" -> 1000;
            case "ns" -> 1;
            case "" -> throw new FunctionError("time: missing unit in duration \"" + text + "\"");
            default -> throw new FunctionError("time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
        };
    }

    /** Letters are fields, one letter as often as it stands in a row; quotes hold what is meant as it is. */
    private static String formatted(String format, OffsetDateTime time) {
        var text = new StringBuilder();
        for (int i = 0; i < format.length(); ) {
            char c = format.charAt(i);
            if (c == '\'') {
                i = quoted(format, i, text);
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                int end = i;
                while (end < format.length() && format.charAt(end) == c) {
                    end++;
                }
                text.append(field(format.substring(i, end), time));
                i = end;
            } else {
                text.append(c);
                i++;
            }
        }
        return text.toString();
    }

    private static int quoted(String format, int start, StringBuilder text) {
        for (int i = start + 1; i < format.length(); i++) {
            if (format.charAt(i) != '\'') {
                text.append(format.charAt(i));
            } else if (format.startsWith("''", i)) {
                text.append('\'');
                i++;
            } else {
                return i + 1;
            }
        }
        throw new FunctionError("unterminated literal '");
    }

    private static String field(String field, OffsetDateTime time) {
        int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return switch (field) {
            case "YYYY" -> "%04d".formatted(time.getYear());
            case "YY" -> two(time.getYear() % 100);
            case "MMMM" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "MMM" ->
                time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case "MM" -> two(time.getMonthValue());
            case "M" -> String.valueOf(time.getMonthValue());
            case "DD" -> two(time.getDayOfMonth());
            case "D" -> String.valueOf(time.getDayOfMonth());
            case "EEEE" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "EEE" ->
                time.getDayOfWeek()
                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        .substring(0, 3);
            case "hh" -> two(time.getHour());
            case "h" -> String.valueOf(time.getHour());
            case "HH" -> two(hour12);
            case "H" -> String.valueOf(hour12);
            case "AA" -> time.getHour() < 12 ? "AM" : "PM";
            case "aa" -> time.getHour() < 12 ? "am" : "pm";
            case "mm" -> two(time.getMinute());
            case "m" -> String.valueOf(time.getMinute());
            case "ss" -> two(time.getSecond());
            case "s" -> String.valueOf(time.getSecond());
            case "ZZZZZ" -> Timestamps.offset(time, ":");
            case "ZZZZ" -> Timestamps.offset(time, "");
            case "ZZZ" -> time.getOffset().getTotalSeconds() == 0 ? "UTC" : Timestamps.offset(time, "");
            case "Z" -> time.getOffset().getTotalSeconds() == 0 ? "Z" : Timestamps.offset(time, ":");
            default -> throw new FunctionError("invalid date format verb \"" + field + "\"");
        };
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
