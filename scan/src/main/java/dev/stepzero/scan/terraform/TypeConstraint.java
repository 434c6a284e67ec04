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
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The type that a variable declares, and how values become of it. */
sealed interface TypeConstraint {
    record Any() implements TypeConstraint {}

    /** {@code string}, {@code number} or {@code bool}. */
    record Primitive(String name) implements TypeConstraint {}

    record ListOf(TypeConstraint element) implements TypeConstraint {}

    record SetOf(TypeConstraint element) implements TypeConstraint {}

    record MapOf(TypeConstraint element) implements TypeConstraint {}

    record TupleOf(List<TypeConstraint> elements) implements TypeConstraint {}

    record ObjectOf(Map<String, Member> members) implements TypeConstraint {}

    /** An attribute of an object; {@code standard} is what {@code optional} gives for one that is missing. */
    record Member(
            TypeConstraint type, boolean optional, @Nullable Expression standard) {}

    /** Reads a type expression; what is none takes any value. */
    static TypeConstraint of(Expression expression) {
        return of(expression, 50);
    }

    private static TypeConstraint of(Expression expression, int depth) {
        if (depth == 0) {
            return new Any();
        }
        return switch (expression) {
            case Expression.Variable(var name, var _) -> named(name);
            // Terraform 0.11 wrote types in quotes.
            case Expression.Literal(Value.Text(var name), var _) -> named(name);
            case Expression.Call(var name, var arguments, var _, var _)
            when arguments.size() == 1 -> composed(name, arguments.getFirst(), depth);
            default -> new Any();
        };
    }

    private static TypeConstraint named(String name) {
        return switch (name) {
            case "string", "number", "bool" -> new Primitive(name);
            case "list" -> new ListOf(new Any());
            case "set" -> new SetOf(new Any());
            case "map" -> new MapOf(new Any());
            default -> new Any();
        };
    }

    private static TypeConstraint composed(String name, Expression argument, int depth) {
        return switch (name) {
            case "list" -> new ListOf(of(argument, depth - 1));
            case "set" -> new SetOf(of(argument, depth - 1));
            case "map" -> new MapOf(of(argument, depth - 1));
            case "tuple" -> {
                var elements = new ArrayList<TypeConstraint>();
                if (argument instanceof Expression.Tuple(var items, var _)) {
                    items.forEach(item -> elements.add(of(item, depth - 1)));
                }
                yield new TupleOf(elements);
            }
            case "object" -> {
                var members = new LinkedHashMap<String, Member>();
                if (argument instanceof Expression.ObjectOf(var entries, var _)) {
                    for (var entry : entries) {
                        if (entry.key() instanceof Expression.Literal(Value.Text(var key), var _)) {
                            members.put(key, member(entry.value(), depth));
                        }
                    }
                }
                yield new ObjectOf(members);
            }
            default -> new Any();
        };
    }

    private static Member member(Expression type, int depth) {
        if (type instanceof Expression.Call(var name, var arguments, var _, var _)
                && name.equals("optional")
                && !arguments.isEmpty()) {
            return new Member(
                    of(arguments.getFirst(), depth - 1), true, arguments.size() > 1 ? arguments.get(1) : null);
        }
        return new Member(of(type, depth - 1), false, null);
    }

    /** The value in this type; empty where it cannot be of it. */
    default Optional<Value> convert(Value value, Expressions expressions, Scope scope) {
        if (value instanceof Unknown || value instanceof Value.Absent) {
            return Optional.of(value);
        }
        return switch (this) {
            case Any _ -> Optional.of(value);
            case Primitive(var name) ->
                switch (name) {
                    case "string" ->
                        value instanceof Value.Text
                                ? Optional.of(value)
                                : Conversions.text(value).map(Value::of);
                    case "number" -> Conversions.number(value).map(Value.Numeric::new);
                    default -> Conversions.truth(value).map(Value::of);
                };
            case ListOf(var element) ->
                elements(value, element, expressions, scope).map(Value.Sequence::new);
            case SetOf(var element) ->
                elements(value, element, expressions, scope).map(TypeConstraint::distinct);
            case TupleOf(var types) -> tuple(value, types, expressions, scope);
            case MapOf(var element) -> map(value, element, expressions, scope);
            case ObjectOf(var members) ->
                value instanceof Value.Mapping map ? object(map, members, expressions, scope) : Optional.empty();
        };
    }

    private static Optional<List<Located>> elements(
            Value value, TypeConstraint type, Expressions expressions, Scope scope) {
        if (!(value instanceof Value.Sequence(var items))) {
            return Optional.empty();
        }
        if (type instanceof Any) {
            return Optional.of(items);
        }
        var converted = new ArrayList<Located>(items.size());
        for (var item : items) {
            var each = type.convert(item.value(), expressions, scope);
            if (each.isEmpty()) {
                return Optional.empty();
            }
            converted.add(new Located(each.get(), item.position()));
        }
        return Optional.of(converted);
    }

    private static Value.Sequence distinct(List<Located> items) {
        var texts = new TreeMap<String, Located>();
        var others = new LinkedHashMap<Value, Located>();
        for (var item : items) {
            if (item.value() instanceof Value.Text(var text)) {
                texts.putIfAbsent(text, item);
            } else {
                others.putIfAbsent(item.value(), item);
            }
        }
        var all = new ArrayList<>(texts.values());
        all.addAll(others.values());
        return new Value.Sequence(all);
    }

    private static Optional<Value> tuple(
            Value value, List<TypeConstraint> types, Expressions expressions, Scope scope) {
        if (!(value instanceof Value.Sequence(var items)) || items.size() != types.size()) {
            return Optional.empty();
        }
        var converted = new ArrayList<Located>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var each = types.get(i).convert(items.get(i).value(), expressions, scope);
            if (each.isEmpty()) {
                return Optional.empty();
            }
            converted.add(new Located(each.get(), items.get(i).position()));
        }
        return Optional.of(new Value.Sequence(converted));
    }

    private static Optional<Value> map(Value value, TypeConstraint type, Expressions expressions, Scope scope) {
        if (!(value instanceof Value.Mapping map)) {
            return Optional.empty();
        }
        if (type instanceof Any) {
            return Optional.of(value);
        }
        var converted = new LinkedHashMap<String, Located>(map.entries().size() * 2);
        for (var entry : map.entries().entrySet()) {
            var each = type.convert(entry.getValue().value(), expressions, scope);
            if (each.isEmpty()) {
                return Optional.empty();
            }
            converted.put(
                    entry.getKey(), new Located(each.get(), entry.getValue().position()));
        }
        return Optional.of(new Value.Mapping(converted));
    }

    private static Optional<Value> object(
            Value.Mapping map, Map<String, Member> members, Expressions expressions, Scope scope) {
        var converted = new LinkedHashMap<String, Located>(members.size() * 2);
        for (var entry : members.entrySet()) {
            var member = entry.getValue();
            var given = map.entry(entry.getKey())
                    .or(() -> scope.names().computed(map, entry.getKey()).map(Located::nowhere));
            if (given.isEmpty() && !member.optional()) {
                return Optional.empty();
            }
            Value value = given.map(Located::value).orElse(Value.ABSENT);
            Position position = given.map(Located::position).orElse(Position.NONE);
            if (value instanceof Value.Absent && member.standard() != null) {
                value = expressions.outside(member.standard(), scope);
                position = member.standard().position();
            }
            var each = member.type().convert(value, expressions, scope);
            if (each.isEmpty()) {
                return Optional.empty();
            }
            converted.put(entry.getKey(), new Located(each.get(), position));
        }
        return Optional.of(new Value.Mapping(converted));
    }
}
