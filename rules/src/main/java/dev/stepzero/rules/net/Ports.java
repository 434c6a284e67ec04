package dev.stepzero.rules.net;

import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of ports as conditions handle it: a text such as {@code 22, 80-90}, in order and without overlap. */
public final class Ports {
    static final int LAST = 65_535;
    static final Value EVERY = Value.of("0-" + LAST);
    private static final int MOST_DIGITS = 9;

    private record Range(int from, int to) {}

    private Ports() {}

    /** Whether a port is in the set. */
    public static Value includes(Value ports, Value port) {
        return Value.of(anyIn(ranges(ports), ranges(port)));
    }

    /** Whether any of the ports is in the set. */
    public static Value includesAny(Value ports, Value wanted) {
        return includes(ports, wanted);
    }

    /** How many ports there are. */
    public static Value count(Value ports) {
        return Value.of(ranges(ports).stream()
                .mapToInt(range -> range.to() - range.from() + 1)
                .sum());
    }

    /** Whether it is every port there is; port 0 does not count. */
    public static Value every(Value ports) {
        return Value.of(ranges(ports).stream().anyMatch(range -> range.from() <= 1 && range.to() >= LAST));
    }

    private static boolean anyIn(List<Range> ranges, List<Range> wanted) {
        for (var port : wanted) {
            for (var range : ranges) {
                if (range.from() <= port.to() && port.from() <= range.to()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The set of everything that a value says: numbers, texts such as {@code 20-25}, lists of these. */
    static Value of(Value value) {
        var merged = new ArrayList<Range>();
        var ranges = ranges(value);
        ranges.sort(Comparator.comparingInt(Range::from));
        for (var range : ranges) {
            if (!merged.isEmpty() && range.from() <= merged.getLast().to() + 1) {
                var before = merged.removeLast();
                merged.add(new Range(before.from(), Math.max(before.to(), range.to())));
            } else {
                merged.add(range);
            }
        }
        return Value.of(written(merged));
    }

    private static String written(List<Range> ranges) {
        var text = new StringBuilder();
        for (var range : ranges) {
            text.append(text.isEmpty() ? "" : ", ").append(range.from());
            if (range.to() != range.from()) {
                text.append('-').append(range.to());
            }
        }
        return text.toString();
    }

    private static List<Range> ranges(Value value) {
        var found = new ArrayList<Range>();
        collect(value, found);
        return found;
    }

    private static void collect(Value value, List<Range> found) {
        switch (value) {
            case Value.Numeric number -> add(number.value(), found);
            case Value.Text text -> parts(text.value(), found);
            case Value.Sequence list -> {
                for (var item : list.items()) {
                    collect(item.value(), found);
                }
            }
            default -> {}
        }
    }

    private static void add(BigDecimal number, List<Range> found) {
        if (number.scale() == 0 && number.precision() <= MOST_DIGITS && number.signum() >= 0) {
            int port = Math.min(LAST, number.intValue());
            found.add(new Range(port, port));
        } else {
            add(whole(number), found);
        }
    }

    private static void parts(String text, List<Range> found) {
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            add(text.substring(from, comma).strip(), found);
            from = comma + 1;
        }
        add(text.substring(from).strip(), found);
    }

    private static void add(String text, List<Range> found) {
        if (text.equals("*") || text.equalsIgnoreCase("any") || text.equalsIgnoreCase("all")) {
            found.add(new Range(0, LAST));
            return;
        }
        int dash = text.indexOf('-', 1);
        int from = port(dash < 0 ? text : text.substring(0, dash).strip());
        int to = dash < 0 ? from : port(text.substring(dash + 1).strip());
        if (from >= 0 && to >= from) {
            found.add(new Range(from, to));
        }
    }

    /** A number without what stands behind its point; empty where no port has so many digits, be they a thousand million. */
    static String whole(BigDecimal number) {
        long digits = (long) number.precision() - number.scale();
        return digits <= 0
                ? "0"
                : digits > MOST_DIGITS ? "" : number.toBigInteger().toString();
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            port = port * 10 + digit - '0';
        }
        return Math.min(LAST, port);
    }
}
