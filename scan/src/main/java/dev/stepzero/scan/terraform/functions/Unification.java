package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings values to the one type that the elements of a list, set or map have. Unknown ones and null fit every type. */
final class Unification {
    private static final int DEEPEST = 200;

    private static final int TEXT = 1;
    private static final int NUMBER = 2;
    private static final int BOOL = 4;
    private static final int LIST = 8;
    private static final int MAP = 16;

    private Unification() {}

    static List<Located> of(List<Located> items) {
        return of(items, 0);
    }

    private static List<Located> of(List<Located> items, int depth) {
        if (depth > DEEPEST) {
            throw new FunctionError("the value is nested too deeply");
        }
        var kinds = 0;
        for (var item : items) {
            kinds |= kind(item.value());
        }
        return switch (kinds) {
            case 0, TEXT, NUMBER, BOOL -> items;
            case TEXT | NUMBER, TEXT | BOOL, TEXT | NUMBER | BOOL -> texts(items);
            case LIST -> lists(items, depth);
            case MAP -> maps(items, depth);
            default -> throw new FunctionError("all list elements must have the same type");
        };
    }

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
                    kind(item.value()) == 0
                            ? item
                            : new Located(Value.of(Conversion.text(item.value())), item.position()));
        }
        return texts;
    }

    /** Lists of one length are tuples, whose elements may differ from each other; others have one type for all. */
    private static List<Located> lists(List<Located> items, int depth) {
        var columns = new LinkedHashMap<Integer, List<Located>>();
        var shared = !sameShape(items);
        for (var item : items) {
            if (item.value() instanceof Value.Sequence list) {
                for (int i = 0; i < list.items().size(); i++) {
                    columns.computeIfAbsent(shared ? 0 : i, column -> new ArrayList<>())
                            .add(list.items().get(i));
                }
            }
        }
        var converted = converted(columns, depth);
        var result = new ArrayList<Located>(items.size());
        for (var item : items) {
            if (item.value() instanceof Value.Sequence list) {
                var own = new ArrayList<Located>(list.items().size());
                for (int i = 0; i < list.items().size(); i++) {
                    own.add(next(converted, shared ? 0 : i));
                }
                result.add(new Located(new Value.Sequence(own), item.position()));
            } else {
                result.add(item);
            }
        }
        return result;
    }

    /** Objects of the same names keep their attributes' own types; other objects become maps of one type. */
    private static List<Located> maps(List<Located> items, int depth) {
        var columns = new LinkedHashMap<String, List<Located>>();
        var shared = !sameShape(items);
        for (var item : items) {
            if (item.value() instanceof Value.Mapping map) {
                map.entries()
                        .forEach((name, value) -> columns.computeIfAbsent(
                                        shared ? "" : name, column -> new ArrayList<>())
                                .add(value));
            }
        }
        var converted = converted(columns, depth);
        var result = new ArrayList<Located>(items.size());
        for (var item : items) {
            if (item.value() instanceof Value.Mapping map) {
                var own = new LinkedHashMap<String, Located>();
                for (var name : map.entries().keySet()) {
                    own.put(name, next(converted, shared ? "" : name));
                }
                result.add(new Located(new Value.Mapping(own), item.position()));
            } else {
                result.add(item);
            }
        }
        return result;
    }

    private static boolean sameShape(List<Located> items) {
        Object first = null;
        for (var item : items) {
            Object shape = switch (item.value()) {
                case Value.Sequence list -> list.items().size();
                case Value.Mapping map -> map.entries().keySet();
                default -> first == null ? "" : first;
            };
            if (first != null && !first.equals("") && !first.equals(shape)) {
                return false;
            }
            first = shape;
        }
        return true;
    }

    private static <K> Map<K, Iterator<Located>> converted(Map<K, List<Located>> columns, int depth) {
        var converted = new LinkedHashMap<K, Iterator<Located>>();
        columns.forEach(
                (name, column) -> converted.put(name, of(column, depth + 1).iterator()));
        return converted;
    }

    private static <K> Located next(Map<K, Iterator<Located>> converted, K column) {
        var values = converted.get(column);
        if (values == null) {
            throw new IllegalStateException("every element stands in a column");
        }
        return values.next();
    }
}
