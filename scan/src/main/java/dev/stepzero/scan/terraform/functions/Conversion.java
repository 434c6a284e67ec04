package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Terraform's conversions between types. An unknown value ends in {@link NotKnown} where its content is needed. */
final class Conversion {
    private static final int MOST_NESTED = 500;

    private Conversion() {}

    static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Numeric number -> NumberText.plain(number.value());
            case Value.Bool bool -> String.valueOf(bool.value());
            case Unknown unknown -> throw new NotKnown();
            case Value.Absent absent -> throw required("string", value);
            case Value.Sequence list -> throw required("string", value);
            case Value.Mapping map -> throw required("string", value);
        };
    }

    static BigDecimal number(Value value) {
        return switch (value) {
            case Value.Numeric number -> NumberText.checked(number.value());
            case Value.Text text -> {
                var number = NumberText.parse(text.value());
                if (number == null) {
                    throw required("number", value);
                }
                yield number;
            }
            case Unknown unknown -> throw new NotKnown();
            default -> throw required("number", value);
        };
    }

    static boolean bool(Value value) {
        return switch (value) {
            case Value.Bool bool -> bool.value();
            case Value.Text text -> switch (text.value()) {
                case "true", "1" -> true;
                case "false", "0" -> false;
                default -> throw required("bool", value);
            };
            case Unknown unknown -> throw new NotKnown();
            default -> throw required("bool", value);
        };
    }

    /** The values brought to one type, as a list's elements have it. */
    static List<Located> unified(List<Located> items) {
        return unified(items, 0);
    }

    private static List<Located> unified(List<Located> items, int depth) {
        if (depth > MOST_NESTED) {
            throw new FunctionError("the value is nested too deeply");
        }
        var kinds = 0;
        for (var item : items) {
            kinds |= kind(item.value());
        }
        if (Integer.bitCount(kinds) <= 1 && kinds < LIST) {
            return items;
        }
        return switch (kinds) {
            case TEXT | NUMBER, TEXT | BOOL, TEXT | NUMBER | BOOL -> texts(items);
            case LIST -> lists(items, depth);
            case MAP -> maps(items, depth);
            default -> throw new FunctionError("all list elements must have the same type");
        };
    }

    private static final int TEXT = 1;
    private static final int NUMBER = 2;
    private static final int BOOL = 4;
    private static final int LIST = 8;
    private static final int MAP = 16;

    private static int kind(Value value) {
        return switch (value) {
            case Value.Text text -> TEXT;
            case Value.Numeric number -> NUMBER;
            case Value.Bool bool -> BOOL;
            case Value.Sequence list -> LIST;
            case Value.Mapping map -> MAP;
            case Value.Absent absent -> 0;
            case Unknown unknown -> 0;
        };
    }

    private static List<Located> texts(List<Located> items) {
        var texts = new ArrayList<Located>(items.size());
        for (var item : items) {
            texts.add(
                    kind(item.value()) == 0 ? item : new Located(Value.of(text(item.value())), item.position()));
        }
        return texts;
    }

    /** The elements of all lists get one type together. */
    private static List<Located> lists(List<Located> items, int depth) {
        var inner = new ArrayList<Located>();
        for (var item : items) {
            if (item.value() instanceof Value.Sequence list) {
                inner.addAll(list.items());
            }
        }
        var converted = unified(inner, depth + 1).iterator();
        var result = new ArrayList<Located>(items.size());
        for (var item : items) {
            result.add(item.value() instanceof Value.Sequence list ? taken(list, converted, item) : item);
        }
        return result;
    }

    private static Located taken(Value.Sequence list, java.util.Iterator<Located> converted, Located item) {
        var own = new ArrayList<Located>(list.items().size());
        for (int i = 0; i < list.items().size(); i++) {
            own.add(converted.next());
        }
        return new Located(new Value.Sequence(own), item.position());
    }

    /** Objects of the same names keep their attributes' own types; other objects become maps of one type. */
    private static List<Located> maps(List<Located> items, int depth) {
        var columns = new LinkedHashMap<String, List<Located>>();
        var all = new ArrayList<Located>();
        var same = true;
        Value.Mapping first = null;
        for (var item : items) {
            if (item.value() instanceof Value.Mapping map) {
                first = first == null ? map : first;
                same &= first.entries().keySet().equals(map.entries().keySet());
                map.entries().forEach((name, value) -> {
                    columns.computeIfAbsent(name, column -> new ArrayList<>()).add(value);
                    all.add(value);
                });
            }
        }
        var converted = new LinkedHashMap<String, java.util.Iterator<Located>>();
        var shared = same ? null : unified(all, depth + 1).iterator();
        for (var column : columns.entrySet()) {
            converted.put(
                    column.getKey(),
                    shared == null ? unified(column.getValue(), depth + 1).iterator() : shared);
        }
        var result = new ArrayList<Located>(items.size());
        for (var item : items) {
            if (!(item.value() instanceof Value.Mapping map)) {
                result.add(item);
                continue;
            }
            var entries = new LinkedHashMap<String, Located>();
            for (var name : map.entries().keySet()) {
                var column = converted.get(name);
                if (column != null) {
                    entries.put(name, column.next());
                }
            }
            result.add(new Located(new Value.Mapping(entries), item.position()));
        }
        return result;
    }

    static String typeName(Value value) {
        return switch (value) {
            case Value.Text text -> "string";
            case Value.Numeric number -> "number";
            case Value.Bool bool -> "bool";
            case Value.Sequence list -> "tuple";
            case Value.Mapping map -> "object";
            case Value.Absent absent -> "null";
            case Unknown unknown -> "unknown";
        };
    }

    private static FunctionError required(String type, Value given) {
        return new FunctionError("a %s is required, not %s".formatted(type, typeName(given)));
    }
}
