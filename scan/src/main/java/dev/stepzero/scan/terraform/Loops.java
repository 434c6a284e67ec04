package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code for} expressions, splats and the loops of templates. */
final class Loops {
    private static final Set<String> GIVING_SETS =
            Set.of("toset", "setunion", "setintersection", "setsubtract", "setproduct");

    private final Expressions expressions;
    private final Limits limits;

    Loops(Expressions expressions, Limits limits) {
        this.expressions = expressions;
        this.limits = limits;
    }

    /** An element with its key, in the order in which Terraform goes through them. */
    private record Pair(Value key, Value value) {}

    private static List<Pair> pairs(Value collection, boolean set) {
        var pairs = new ArrayList<Pair>();
        switch (collection) {
            case Value.Sequence list -> {
                for (var item : list.items()) {
                    pairs.add(new Pair(set ? item.value() : Value.of(pairs.size()), item.value()));
                }
            }
            case Value.Mapping map -> {
                for (var entry : sorted(map).entrySet()) {
                    pairs.add(
                            new Pair(Value.of(entry.getKey()), entry.getValue().value()));
                }
            }
            default -> {}
        }
        return pairs;
    }

    static Map<String, Located> sorted(Value.Mapping map) {
        return map.entries().size() < 2 ? map.entries() : new TreeMap<>(map.entries());
    }

    private static boolean isCollection(Value value) {
        return value instanceof Value.Sequence || value instanceof Value.Mapping;
    }

    private static boolean isSet(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Call call -> GIVING_SETS.contains(call.name());
            case Expression.Attribute(Expression.Variable(var root, var _), var name, var _)
            when root.equals("var") -> scope.names().isSetVariable(name);
            default -> false;
        };
    }

    Value comprehension(Expression.For loop, Scope scope) {
        var collection = expressions.evaluate(loop.collection(), scope);
        if (collection instanceof Unknown unknown) {
            return overUnknown(unknown, loop.key(), loop.value(), loop.result(), scope);
        }
        if (!isCollection(collection)) {
            return expressions.fail("a for expression over what is no collection");
        }
        var kept = new ArrayList<Scope>();
        for (var pair : pairs(collection, isSet(loop.collection(), scope))) {
            var inner = inside(scope, loop.key(), loop.value(), pair);
            if (loop.condition() != null) {
                var condition = expressions.evaluate(loop.condition(), inner);
                if (condition instanceof Unknown) {
                    return Unknowns.of(condition, expressions.evaluate(loop.result(), inner));
                }
                if (!Conversions.truth(condition).orElse(false)) {
                    continue;
                }
            }
            kept.add(inner);
        }
        return loop.keyExpression() == null ? list(loop, kept) : object(loop, loop.keyExpression(), kept);
    }

    private static Scope inside(Scope scope, @Nullable String key, String value, Pair pair) {
        return key == null
                ? scope.with(value, pair.value())
                : scope.with(key, pair.key()).with(value, pair.value());
    }

    private Value overUnknown(Unknown collection, @Nullable String key, String value, Expression result, Scope scope) {
        var element = Unknowns.of(collection);
        var body = expressions.evaluate(result, inside(scope, key, value, new Pair(element, element)));
        return Unknowns.of(collection, body);
    }

    private Value list(Expression.For loop, List<Scope> kept) {
        var items = new Located[kept.size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = new Located(
                    expressions.evaluate(loop.result(), kept.get(i)),
                    loop.result().position());
        }
        return limits.sized(new Value.Sequence(List.of(items)), loop.position());
    }

    private Value object(Expression.For loop, Expression keyExpression, List<Scope> kept) {
        var entries = new LinkedHashMap<String, Located>();
        var groups = new LinkedHashMap<String, List<Located>>();
        for (var inner : kept) {
            var key = expressions.evaluate(keyExpression, inner);
            var value = new Located(
                    expressions.evaluate(loop.result(), inner), loop.result().position());
            if (key instanceof Unknown) {
                return Unknowns.of(key, value.value());
            }
            var name = Conversions.text(key);
            if (name.isEmpty()) {
                return expressions.fail("a key that is no text");
            }
            if (loop.grouping()) {
                groups.computeIfAbsent(name.get(), each -> new ArrayList<>()).add(value);
            } else {
                entries.put(name.get(), value);
            }
        }
        groups.forEach((name, values) -> entries.put(
                name, new Located(new Value.Sequence(values), loop.result().position())));
        return limits.sized(new Value.Mapping(entries), loop.position());
    }

    Value splat(Expression.Splat splat, Scope scope) {
        var source = expressions.evaluate(splat.source(), scope);
        return switch (source) {
            case Value.Absent _ -> Value.Sequence.EMPTY;
            case Value.Sequence(var items) -> {
                var results = new Located[items.size()];
                for (int i = 0; i < results.length; i++) {
                    results[i] = element(
                            splat, scope, items.get(i).value(), items.get(i).position());
                }
                yield limits.sized(new Value.Sequence(List.of(results)), splat.position());
            }
            case Unknown unknown -> {
                var element = symbolic(splat.source(), scope, unknown);
                yield Unknowns.of(
                        unknown,
                        element(splat, scope, element, splat.position()).value());
            }
            default -> new Value.Sequence(List.of(element(splat, scope, source, splat.position())));
        };
    }

    private Located element(Expression.Splat splat, Scope scope, Value element, Position position) {
        return new Located(expressions.evaluate(splat.each(), scope.with(Scope.ELEMENT, element)), position);
    }

    /** The instance that stands for all those of a resource, whose number cannot be told. */
    private static Value symbolic(Expression source, Scope scope, Unknown whole) {
        return switch (source) {
            case Expression.Attribute(Expression.Variable(var type, var _), var name, var _)
            when !scope.has(type) -> scope.names().symbolic(false, type, name).orElse(whole);
            case Expression.Attribute(
                    Expression.Attribute(Expression.Variable(var root, var _), var type, var _),
                    var name,
                    var _)
            when root.equals("data") && !scope.has(root) ->
                scope.names().symbolic(true, type, name).orElse(whole);
            default -> whole;
        };
    }

    Value template(Expression.TemplateFor loop, Scope scope) {
        var collection = expressions.evaluate(loop.collection(), scope);
        if (collection instanceof Unknown unknown) {
            return overUnknown(unknown, loop.key(), loop.value(), loop.body(), scope);
        }
        if (!isCollection(collection)) {
            return expressions.fail("a loop over what is no collection");
        }
        var parts = new ArrayList<Value>();
        for (var pair : pairs(collection, isSet(loop.collection(), scope))) {
            var part = expressions.evaluate(loop.body(), inside(scope, loop.key(), loop.value(), pair));
            if (part instanceof Unknown) {
                parts.add(part);
            } else {
                var text = Conversions.text(part);
                if (text.isEmpty()) {
                    return expressions.fail("a loop of what is no text");
                }
                parts.add(Value.of(text.get()));
            }
        }
        return limits.sized(joined(parts), loop.position());
    }

    /** {@link Unknown#text} joins neighbours one by one, which is slow for many known ones. */
    private static Value joined(List<Value> parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (!(part instanceof Value.Text(var known))) {
                return Unknown.text(parts);
            }
            text.append(known);
        }
        return Value.of(text.toString());
    }
}
