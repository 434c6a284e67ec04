package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that is exposed, or a range of them.
 *
 * @param from the first port; unknown, or absent if it is no number
 */
record Ports(Value text, Value from, Value to, String protocol) {
    private static final int LONGEST_NUMBER = 9;

    /** A variable may hold several words. */
    static List<Ports> of(Value word) {
        if (!(word instanceof Value.Text plain)) {
            var unknown = word instanceof Unknown ? word : Value.ABSENT;
            return List.of(new Ports(word, unknown, unknown, "tcp"));
        }
        var ports = new ArrayList<Ports>();
        for (var each : Words.split(plain.value(), '\0')) {
            ports.add(of(each.text()));
        }
        return ports;
    }

    private static Ports of(String text) {
        int slash = text.indexOf('/');
        var range = slash < 0 ? text : text.substring(0, slash);
        int dash = range.indexOf('-');
        return new Ports(
                Value.of(text),
                number(dash < 0 ? range : range.substring(0, dash)),
                number(dash < 0 ? range : range.substring(dash + 1)),
                slash < 0 ? "tcp" : text.substring(slash + 1));
    }

    private static Value number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= LONGEST_NUMBER;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits ? Value.of(Long.parseLong(text)) : Value.ABSENT;
    }

    Value.Mapping attributes(Position position) {
        return new Attributes(position)
                .put("text", text)
                .put("from_port", from)
                .put("to_port", to)
                .put("protocol", protocol)
                .build();
    }
}
