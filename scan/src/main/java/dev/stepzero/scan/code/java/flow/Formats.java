package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Heap;
import dev.stepzero.scan.code.java.value.Thing.Shape;
import dev.stepzero.scan.code.java.value.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a text begins that a format makes: up to the first place where something goes that is not known. */
final class Formats {
    private static final Pattern PRINTED = Pattern.compile("%(?:(?<number>[1-9])[$])?(?<kind>[sdn%])");
    private static final Pattern NUMBERED = Pattern.compile("[{](?<number>[0-9])[}]");

    private final Call call;
    private final Heap heap;

    Formats(Call call, Heap heap) {
        this.call = call;
        this.heap = heap;
    }

    /** The beginning; empty where nothing is known of it, or the call formats nothing. */
    String start() {
        return switch (call.owner()) {
            case Texts.STRING ->
                switch (call.name()) {
                    case "format" -> printed(call.arguments().size() - 2);
                    case "formatted" -> printed(-1);
                    default -> "";
                };
            case "java/text/MessageFormat" ->
                call.name().equals("format") && call.receiver().isEmpty() ? numbered() : "";
            default -> "";
        };
    }

    /**
     * As {@link java.util.Formatter} does.
     *
     * @param at the argument that is the format; -1 for the object that is called
     */
    private String printed(int at) {
        var format = text(at < 0 ? call.on() : call.argument(at));
        var values = call.argument(call.arguments().size() - 1);
        var start = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                start.append(c);
                continue;
            }
            var hole = PRINTED.matcher(format).region(i, format.length());
            if (!hole.lookingAt() || hole.group("kind").equals("n")) {
                return start.toString();
            }
            i = hole.end() - 1;
            if (hole.group("kind").equals("%")) {
                start.append('%');
                continue;
            }
            int number = hole.group("number") == null ? next++ : Integer.parseInt(hole.group("number")) - 1;
            if (!put(element(values, number), hole.group("kind").equals("d"), start)) {
                return start.toString();
            }
        }
        return start.toString();
    }

    private String numbered() {
        var format = text(call.argument(0));
        var start = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '{' && c != '\'') {
                start.append(c);
                continue;
            }
            if (format.startsWith("''", i)) {
                start.append(c);
                i++;
                continue;
            }
            var hole = NUMBERED.matcher(format).region(i, format.length());
            boolean known = hole.lookingAt()
                    && put(element(call.argument(1), Integer.parseInt(hole.group("number"))), false, start);
            if (!known) {
                return start.toString();
            }
            i = hole.end() - 1;
        }
        return start.toString();
    }

    /** Puts a value in, or as much of it as is known; whether that was all. */
    private static boolean put(Value value, boolean number, StringBuilder start) {
        var only = value.only();
        if (only.isPresent() && (only.get() instanceof String || (number && only.get() instanceof Number))) {
            start.append(only.get());
            return true;
        }
        start.append(value.isConstant() ? "" : value.start());
        return false;
    }

    private Value element(Value values, int number) {
        return heap.of(values)
                .filter(array -> array.shape() == Shape.ARRAY && array.size() > number)
                .flatMap(array -> array.at(number))
                .orElse(Value.UNKNOWN);
    }

    private static String text(Value format) {
        Optional<String> only = format.only().filter(String.class::isInstance).map(String.class::cast);
        return only.orElse("");
    }
}
