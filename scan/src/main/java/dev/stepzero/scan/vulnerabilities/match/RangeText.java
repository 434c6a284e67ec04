package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.vulnerabilities.osv.Affected;
import dev.stepzero.scan.vulnerabilities.osv.Affected.Event;
import java.util.stream.Collectors;

/** Affected versions as people write them. */
final class RangeText {
    private static final int LONGEST = 200;

    private RangeText() {}

    static String of(Affected affected) {
        if (affected.ranges().isEmpty()) {
            return affected.versions().size() == 1
                    ? affected.versions().getFirst()
                    : affected.versions().size() + " listed versions";
        }
        var text = affected.ranges().stream()
                .map(range -> range.events().stream()
                        .map(RangeText::of)
                        .collect(Collectors.joining(" "))
                        .replace(" >=", " or >="))
                .collect(Collectors.joining(" or "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String of(Event event) {
        return switch (event.kind()) {
            case INTRODUCED -> ">=" + event.version();
            case FIXED, LIMIT -> "<" + event.version();
            case LAST_AFFECTED -> "<=" + event.version();
        };
    }
}
