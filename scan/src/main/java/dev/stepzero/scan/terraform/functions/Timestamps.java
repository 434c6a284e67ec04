package dev.stepzero.scan.terraform.functions;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time as texts of RFC 3339. */
final class Timestamps {
    private Timestamps() {}

    static OffsetDateTime parse(String text) {
        try {
            int at = 19;
            if (text.length() < 20 || text.length() > 64 || !shaped(text, "dddd-dd-ddTdd:dd:dd", 0)) {
                throw new DateTimeException("it has another shape");
            }
            int nanos = 0;
            if (text.charAt(at) == '.' || text.charAt(at) == ',') {
                int digits = 0;
                for (at++; at < text.length() && Character.digit(text.charAt(at), 10) >= 0; at++) {
                    nanos = digits < 9 ? nanos * 10 + Character.digit(text.charAt(at), 10) : nanos;
                    digits++;
                }
                for (; digits < 9; digits++) {
                    nanos *= 10;
                }
            }
            return OffsetDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19),
                    nanos,
                    offset(text, at));
        } catch (DateTimeException e) {
            throw new FunctionError("not a valid RFC3339 timestamp: \"" + text + "\"");
        }
    }

    private static ZoneOffset offset(String text, int at) {
        if (at == text.length() - 1 && text.charAt(at) == 'Z') {
            return ZoneOffset.UTC;
        }
        if (at != text.length() - 6 || !(shaped(text, "+dd:dd", at) || shaped(text, "-dd:dd", at))) {
            throw new DateTimeException("it has no offset");
        }
        int sign = text.charAt(at) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * number(text, at + 1, at + 3), sign * number(text, at + 4, at + 6));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static boolean shaped(String text, String shape, int from) {
        for (int i = 0; i < shape.length(); i++) {
            char c = text.charAt(from + i);
            if (shape.charAt(i) == 'd' ? c < '0' || c > '9' : c != shape.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** To the second. */
    static String shown(OffsetDateTime time) {
        return "%04d-%02d-%02dT%02d:%02d:%02d%s"
                .formatted(
                        time.getYear(),
                        time.getMonthValue(),
                        time.getDayOfMonth(),
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond(),
                        time.getOffset().getTotalSeconds() == 0 ? "Z" : offset(time, ":"));
    }

    static String offset(OffsetDateTime time, String separator) {
        int minutes = time.getOffset().getTotalSeconds() / 60;
        return "%s%02d%s%02d"
                .formatted(minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, separator, Math.abs(minutes) % 60);
    }
}
