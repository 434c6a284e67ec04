package dev.stepzero.scan.terraform.functions;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Dates and times without quotes in YAML: they come out in one form, whichever they were written in. */
final class YamlTime {
    private YamlTime() {}

    /** The text itself where it is no time. */
    static String normalised(String text) {
        if (text.length() < 8 || text.length() > 40 || text.charAt(4) != '-') {
            return text;
        }
        try {
            int end = 0;
            while (end < text.length() && "0123456789-".indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            var date = date(text.substring(0, end));
            if (end == text.length()) {
                return shown(date.atStartOfDay().atOffset(ZoneOffset.UTC));
            }
            var zoned = text.charAt(end) == 'T' || text.charAt(end) == 't';
            if (!zoned && text.charAt(end) != ' ') {
                return text;
            }
            var time = text.substring(end + 1) + (zoned ? "" : "Z");
            return shown(OffsetDateTime.parse(date + "T" + time, DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        } catch (DateTimeException | NumberFormatException e) {
            return text;
        }
    }

    private static LocalDate date(String text) {
        var parts = text.split("-", -1);
        if (parts.length != 3 || parts[1].length() > 2 || parts[2].length() > 2) {
            throw new DateTimeException("no date");
        }
        return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static String shown(OffsetDateTime time) {
        return Timestamps.shown(time);
    }
}
