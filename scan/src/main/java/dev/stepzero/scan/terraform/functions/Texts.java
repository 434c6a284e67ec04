package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Functions of texts. */
final class Texts {
    private Texts() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "chomp" -> Value.of(chomped(arguments.text(0)));
            case "lower", "upper" -> cased(arguments, arguments.present(0));
            case "title" -> Value.of(Letters.title(arguments.text(0)));
            case "strrev" -> Value.of(Graphemes.reversed(arguments.text(0)));
            case "trimspace" -> Value.of(Letters.trimSpace(arguments.text(0)));
            case "trim" -> Value.of(Letters.trim(arguments.text(0), arguments.text(1)));
            case "trimprefix" -> Value.of(withoutPrefix(arguments.text(0), arguments.text(1)));
            case "trimsuffix" -> Value.of(withoutSuffix(arguments.text(0), arguments.text(1)));
            case "startswith" -> startsWith(arguments);
            case "endswith" -> endsWith(arguments);
            case "strcontains" -> contains(arguments);
            case "indent" -> Value.of(indented(arguments));
            case "split" -> split(arguments);
            case "join" -> joined(arguments);
            case "substr" -> Value.of(part(arguments));
            default -> throw Subject.missing(arguments);
        };
    }

    private static String chomped(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Value cased(Arguments arguments, Value value) {
        if (value instanceof Unknown unknown && !unknown.parts().isEmpty()) {
            var parts = new ArrayList<Value>();
            for (var part : unknown.parts()) {
                parts.add(
                        part instanceof Unknown rest
                                ? Unknowns.joined(List.of(rest)).present()
                                : cased(arguments, part));
            }
            return Unknown.text(parts);
        }
        var text = Conversion.text(value);
        return Value.of(arguments.function().equals("lower") ? Letters.lower(text) : Letters.upper(text));
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Value startsWith(Arguments arguments) {
        var prefix = arguments.text(1);
        if (arguments.at(0) instanceof Unknown unknown) {
            var known = unknown.prefix();
            if (known.length() >= prefix.length() || !prefix.startsWith(known)) {
                return Value.of(known.startsWith(prefix));
            }
        }
        return Value.of(arguments.text(0).startsWith(prefix));
    }

    private static Value endsWith(Arguments arguments) {
        var suffix = arguments.text(1);
        if (arguments.at(0) instanceof Unknown unknown
                && !unknown.parts().isEmpty()
                && unknown.parts().getLast() instanceof Value.Text(var known)
                && (known.length() >= suffix.length() || !suffix.endsWith(known))) {
            return Value.of(known.endsWith(suffix));
        }
        return Value.of(arguments.text(0).endsWith(suffix));
    }

    private static Value contains(Arguments arguments) {
        var wanted = arguments.text(1);
        if (arguments.at(0) instanceof Unknown unknown) {
            for (var part : unknown.parts()) {
                if (part instanceof Value.Text(var known) && known.contains(wanted)) {
                    return Value.TRUE;
                }
            }
        }
        return Value.of(arguments.text(0).contains(wanted));
    }

    private static String indented(Arguments arguments) {
        int spaces = arguments.integer(0);
        var text = arguments.text(1);
        if (spaces < 0) {
            throw arguments.wrong(0, "the number of spaces must not be negative");
        }
        long lines = text.chars().filter(c -> c == '\n').count();
        Limits.characters(text.length() + lines * spaces);
        return text.replace("\n", "\n" + " ".repeat(lines == 0 ? 0 : spaces));
    }

    private static Value split(Arguments arguments) {
        var separator = arguments.text(0);
        var text = arguments.text(1);
        var parts = new ArrayList<Value>();
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Value.of(Character.toString(c))));
            return Value.listOf(parts);
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(Value.of(text.substring(from, at)));
            from = at + separator.length();
        }
        parts.add(Value.of(text.substring(from)));
        Limits.items(parts.size());
        return Value.listOf(parts);
    }

    private static Value joined(Arguments arguments) {
        var separator = Value.of(arguments.text(0));
        var parts = new ArrayList<Value>();
        long length = 0;
        for (int i = 1; i < arguments.count(); i++) {
            for (var item : arguments.items(i)) {
                if (!parts.isEmpty()) {
                    parts.add(separator);
                }
                var part = switch (item.value()) {
                    case Unknown unknown -> unknown;
                    case Value.Absent absent -> throw arguments.wrong(i, "an element is null");
                    default -> Value.of(Conversion.text(item.value()));
                };
                length += separator.value().length() + (part instanceof Value.Text(var text) ? text.length() : 0);
                Limits.characters(length);
                parts.add(part);
            }
        }
        return Letters.assembled(parts);
    }

    private static String part(Arguments arguments) {
        var text = arguments.text(0);
        int offset = arguments.integer(1);
        int length = arguments.integer(2);
        if (offset < 0) {
            offset = Math.max(0, offset + Graphemes.count(text));
        }
        return Graphemes.part(text, offset, length);
    }
}
