package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is done with a property's value on its way to an attribute: a word of the tables, with its argument. */
record Conversion(Name name, String argument) {
    enum Name {
        /** Keeps an object's names: they are the user's, or a policy's. */
        RAW,
        /** Leaves out, of an object in its place, what is not listed. */
        ONLY,
        /** Spells names as {@code logConfiguration}. */
        CAMEL,
        /** Makes a list of keys and values an object; the argument names their fields. */
        PAIRS,
        /** Makes an object a list of names and values; the argument names their fields. */
        NAMED,
        /** Makes an object of objects a list of them, with their names in the field that the argument names. */
        KEYED,
        /** Takes the field that the argument names of each object in a list. */
        FIELDS,
        /** Puts a single value in a list. */
        LIST,
        /** Takes the first of a list. */
        FIRST,
        /** Whether it is equal to the argument. */
        IS,
        /** Whether a list has the argument in it. */
        HAS,
        /** The opposite of a truth value. */
        NOT,
        /** Spells {@code PublicRead} as {@code public-read}. */
        KEBAB,
        LOWER,
        /** The name of an IP protocol that is given by its number. */
        PROTOCOL,
        /** Keeps the texts of a list. */
        TEXTS,
        /** Keeps the objects of a list. */
        OBJECTS
    }

    static Conversion named(String word) {
        int colon = word.indexOf(':');
        return colon < 0
                ? new Conversion(Name.valueOf(word.toUpperCase(Locale.ROOT)), "")
                : new Conversion(
                        Name.valueOf(word.substring(0, colon).toUpperCase(Locale.ROOT)), word.substring(colon + 1));
    }

    /** Whether the names in what it gives stay as they are. */
    boolean verbatim() {
        return name == Name.RAW || name == Name.ONLY || name == Name.CAMEL || name == Name.PAIRS || name == Name.NAMED;
    }

    Value apply(Value value) {
        return name == Name.LIST ? listOf(value) : Alternatives.each(value, this::applyKnown);
    }

    private Value applyKnown(Value value) {
        return switch (name) {
            case RAW, ONLY, LIST -> value;
            case CAMEL -> camel(value);
            case PAIRS -> pairs(value);
            case NAMED -> named(value);
            case KEYED -> keyed(value);
            case FIELDS -> fields(value);
            case FIRST ->
                value instanceof Value.Sequence list
                        ? list.isEmpty()
                                ? Value.ABSENT
                                : list.items().getFirst().value()
                        : value;
            case IS -> text(value, text -> Value.of(text.equalsIgnoreCase(argument)));
            case HAS -> has(value);
            case NOT -> text(value, text -> Value.of(!text.equalsIgnoreCase("true")));
            case KEBAB -> text(value, text -> Value.of(SnakeCase.of(text).replace('_', '-')));
            case LOWER -> text(value, text -> Value.of(text.toLowerCase(Locale.ROOT)));
            case PROTOCOL -> text(value, text -> Value.of(protocol(text)));
            case TEXTS -> only(value, each -> !(each instanceof Value.Mapping));
            case OBJECTS -> only(value, Value.Mapping.class::isInstance);
        };
    }

    private static Value text(Value value, Function<String, Value> change) {
        return Texts.of(value).map(change).orElse(value);
    }

    private static String protocol(String text) {
        return switch (text) {
            case "1" -> "icmp";
            case "6" -> "tcp";
            case "17" -> "udp";
            case "58" -> "icmpv6";
            case "all" -> "-1";
            default -> text;
        };
    }

    private static Value listOf(Value value) {
        return value instanceof Value.Sequence || value instanceof Value.Absent
                ? value
                : new Value.Sequence(List.of(Located.nowhere(value)));
    }

    private static Value only(Value value, Predicate<Value> kept) {
        if (value instanceof Value.Sequence list) {
            var items = new ArrayList<Located>();
            for (var item : list.items()) {
                // The others leave a gap, so that each keeps its number.
                items.add(kept.test(item.value()) ? item : Located.nowhere(Value.ABSENT));
            }
            return new Value.Sequence(items);
        }
        return kept.test(value) ? listOf(value) : Value.Sequence.EMPTY;
    }

    private Value has(Value value) {
        if (!(value instanceof Value.Sequence list)) {
            return value;
        }
        Value answer = Value.FALSE;
        for (var item : list.items()) {
            var text = Texts.of(item.value());
            if (text.isPresent() && text.get().equalsIgnoreCase(argument)) {
                return Value.TRUE;
            }
            if (item.value() instanceof Unknown unknown) {
                answer = Unknown.because(unknown.chain());
            }
        }
        return answer;
    }

    private Value pairs(Value value) {
        if (!(value instanceof Value.Sequence list)) {
            return value;
        }
        int comma = argument.indexOf(',');
        var entries = new LinkedHashMap<String, Located>();
        for (var item : list.items()) {
            if (item.value() instanceof Value.Mapping pair) {
                Texts.of(pair.get(argument.substring(0, comma)))
                        .ifPresent(key -> pair.entry(argument.substring(comma + 1))
                                .ifPresent(entry -> entries.put(key, new Located(entry.value(), item.position()))));
            }
        }
        return new Value.Mapping(entries);
    }

    private Value named(Value value) {
        if (!(value instanceof Value.Mapping map)) {
            return value;
        }
        int comma = argument.indexOf(',');
        var items = new ArrayList<Located>();
        map.entries().forEach((key, entry) -> {
            var fields = new LinkedHashMap<String, Located>();
            fields.put(argument.substring(0, comma), new Located(Value.of(key), entry.position()));
            fields.put(argument.substring(comma + 1), entry);
            items.add(new Located(new Value.Mapping(fields), entry.position()));
        });
        return new Value.Sequence(items);
    }

    private Value keyed(Value value) {
        if (!(value instanceof Value.Mapping map)) {
            return value;
        }
        var items = new ArrayList<Located>();
        map.entries().forEach((key, entry) -> {
            var field = new Located(Value.of(key), entry.position());
            items.add(new Located(
                    Alternatives.each(
                            entry.value(),
                            each -> each instanceof Value.Mapping object ? object.with(argument, field) : each),
                    entry.position()));
        });
        return new Value.Sequence(items);
    }

    private Value fields(Value value) {
        if (!(value instanceof Value.Sequence list)) {
            return value;
        }
        var items = new ArrayList<Located>();
        for (var item : list.items()) {
            items.add(new Located(
                    Alternatives.each(
                            item.value(), each -> each instanceof Value.Mapping map ? map.get(argument) : each),
                    item.position()));
        }
        return new Value.Sequence(items);
    }

    private static Value camel(Value value) {
        return switch (value) {
            case Value.Sequence list -> {
                var items = new ArrayList<Located>();
                list.items().forEach(item -> items.add(new Located(camel(item.value()), item.position())));
                yield new Value.Sequence(items);
            }
            case Value.Mapping map -> {
                Map<String, Located> entries = new LinkedHashMap<>();
                map.entries()
                        .forEach((key, entry) -> entries.put(
                                decapitalised(key),
                                // The names in these two are the user's.
                                key.equals("Options") || key.equals("DockerLabels")
                                        ? entry
                                        : new Located(camel(entry.value()), entry.position())));
                yield new Value.Mapping(entries);
            }
            case Unknown unknown when !unknown.oneOf().isEmpty() -> Alternatives.each(unknown, Conversion::camel);
            default -> value;
        };
    }

    private static String decapitalised(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
