package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code format} and {@code formatlist}. */
final class Formats {
    private Formats() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "format" -> format(arguments.text(0), arguments.all().subList(1, arguments.count()));
            case "formatlist" -> formatList(arguments);
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value format(String template, List<Value> values) {
        var parts = new ArrayList<Value>();
        var text = new StringBuilder();
        var used = 0;
        var next = 0;
        for (int i = 0; i < template.length(); ) {
            char c = template.charAt(i);
            if (c != '%') {
                text.append(c);
                i++;
                continue;
            }
            if (template.startsWith("%%", i)) {
                text.append('%');
                i += 2;
                continue;
            }
            var verb = Verb.at(template, i, next);
            i = verb.end();
            next = verb.argument() + 1;
            used = Math.max(used, next);
            if (verb.argument() >= values.size()) {
                throw new FunctionError("not enough arguments for \"%s\": need index %d but have %d total"
                        .formatted(verb.source(), verb.argument() + 1, values.size()));
            }
            var value = values.get(verb.argument());
            if (value instanceof Unknown || value instanceof Value.Absent) {
                parts.add(Value.of(text.toString()));
                text.setLength(0);
                parts.add(value instanceof Unknown ? value : Unknown.because("null in format"));
            } else {
                text.append(verb.apply(value));
            }
            Limits.characters(text.length());
        }
        if (used < values.size() && next == used) {
            throw new FunctionError("too many arguments; only %d used by format string".formatted(used));
        }
        parts.add(Value.of(text.toString()));
        return Letters.assembled(parts);
    }

    /** Lists give one text for each element, single values stand in all of them. */
    private static Value formatList(Arguments arguments) {
        var template = arguments.text(0);
        int length = -1;
        for (int i = 1; i < arguments.count(); i++) {
            if (arguments.present(i) instanceof Value.Sequence list) {
                if (length >= 0 && length != list.items().size()) {
                    throw arguments.wrong(
                            i,
                            "it has length %d, which is inconsistent with %d"
                                    .formatted(list.items().size(), length));
                }
                length = list.items().size();
            } else if (arguments.at(i) instanceof Unknown) {
                throw new NotKnown();
            }
        }
        var texts = new ArrayList<Value>();
        for (int row = 0; row < (length < 0 ? 1 : length); row++) {
            var values = new ArrayList<Value>();
            for (int i = 1; i < arguments.count(); i++) {
                values.add(
                        arguments.at(i) instanceof Value.Sequence list
                                ? list.items().get(row).value()
                                : arguments.at(i));
            }
            texts.add(format(template, values));
        }
        return Value.listOf(texts);
    }
}
