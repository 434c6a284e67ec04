package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.functions.FunctionError;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions. What Terraform refuses is unknown, with what is wrong as the reason. */
final class Expressions {
    private final Limits limits;
    private final Loops loops;
    private final Provenance provenance = new Provenance();

    /** How many {@code try} and {@code can} stand around; inside them a mistake is a {@link Failure}. */
    private int caught;

    Expressions(Limits limits) {
        this.limits = limits;
        this.loops = new Loops(this, limits);
    }

    /** From which resources the known texts among its outcomes were read. */
    Provenance provenance() {
        return provenance;
    }

    Value evaluate(Expression expression, Scope scope) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        if (!limits.enter(expression.position())) {
            return Unknown.because("what is nested too deeply");
        }
        try {
            return dispatch(expression, scope);
        } finally {
            limits.leave();
        }
    }

    private Value dispatch(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Template template -> template(template, scope);
            case Expression.TemplateFor loop -> loops.template(loop, scope);
            case Expression.Variable variable -> root(variable, scope);
            case Expression.Attribute attribute -> attribute(attribute, scope);
            case Expression.Index index -> index(index, scope);
            case Expression.Splat splat -> loops.splat(splat, scope);
            case Expression.Element _ -> scope.find(Scope.ELEMENT).orElseGet(() -> fail("an element without a splat"));
            case Expression.Call call -> call(call, scope);
            case Expression.Unary unary ->
                Operators.unary(unary.operator(), evaluate(unary.operand(), scope))
                        .orElseGet(() -> fail("an operand that " + unary.operator() + " does not take"));
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Tuple tuple -> tuple(tuple, scope);
            case Expression.ObjectOf object -> object(object, scope);
            case Expression.For loop -> loops.comprehension(loop, scope);
            case Expression.Broken broken -> Unknown.because("what could not be read: " + broken.why());
        };
    }

    /** Evaluates what was written elsewhere: its mistakes are not caught here. */
    Value outside(Expression expression, Scope scope) {
        int before = caught;
        caught = 0;
        try {
            return evaluate(expression, scope);
        } finally {
            caught = before;
        }
    }

    Value fail(String why) {
        if (caught > 0) {
            throw new Failure(why);
        }
        return Unknown.because(why);
    }

    private Value template(Expression.Template template, Scope scope) {
        var text = new StringBuilder();
        List<Value> parts = null;
        var references = Set.<Reference>of();
        for (var part : template.parts()) {
            var value = evaluate(part, scope);
            if (value instanceof Unknown) {
                parts = parts == null ? new ArrayList<>() : parts;
                if (!text.isEmpty()) {
                    parts.add(Value.of(text.toString()));
                    text.setLength(0);
                }
                parts.add(value);
            } else {
                var known = Conversions.text(value);
                if (known.isEmpty()) {
                    return fail("a template with a part that is no text");
                }
                text.append(known.get());
                references = provenance.joined(references, value);
                if (!limits.hold(known.get().length() >> 6, template.position())) {
                    return Unknown.because("what is too large");
                }
            }
        }
        if (parts == null) {
            return limits.sized(provenance.made(text.toString(), references), template.position());
        }
        if (!text.isEmpty()) {
            parts.add(Value.of(text.toString()));
        }
        var joined = Unknown.text(parts);
        return limits.sized(joined instanceof Unknown unknown ? unknown.present() : joined, template.position());
    }

    private Value root(Expression.Variable variable, Scope scope) {
        return scope.find(variable.name()).orElseGet(() -> switch (variable.name()) {
            case "each", "count", "self" -> Unknown.because(variable.name());
            default -> fail(variable.name() + " is no value");
        });
    }

    private Value attribute(Expression.Attribute attribute, Scope scope) {
        var name = attribute.name();
        var names = scope.names();
        switch (attribute.source()) {
            case Expression.Variable(var root, var at)
            when !scope.has(root) -> {
                return rooted(root, name, at, names);
            }
            case Expression.Attribute(Expression.Variable(var root, var _), var inner, var at)
            when !scope.has(root) -> {
                if (root.equals("data")) {
                    return names.resource(true, inner, name, at);
                }
                if (root.equals("module")) {
                    return names.output(inner, null, name, at);
                }
            }
            case Expression.Index(
                    Expression.Attribute(Expression.Variable(var root, var _), var inner, var at),
                    var key,
                    var _)
            when root.equals("module") && !scope.has(root) -> {
                return names.output(inner, evaluate(key, scope), name, at);
            }
            default -> {}
        }
        var source = evaluate(attribute.source(), scope);
        if (source instanceof Value.Mapping map
                && !map.entries().containsKey(name)
                && names.computed(map, name).isEmpty()) {
            return inResource(attribute, scope).orElseGet(() -> read(source, name, names));
        }
        return read(source, name, names);
    }

    /** What a block of a resource does not set, the provider may: it is as unknown as an attribute that is not set. */
    private Optional<Value> inResource(Expression.Attribute attribute, Scope scope) {
        var path = attribute.name();
        var at = attribute.source();
        while (true) {
            switch (at) {
                case Expression.Attribute(var source, var name, var _) -> {
                    if (source instanceof Expression.Variable) {
                        return Optional.empty();
                    }
                    path = name + "." + path;
                    at = source;
                }
                case Expression.Index(var source, var _, var _) -> at = source;
                default -> {
                    return Optional.empty();
                }
            }
            if (evaluate(at, scope) instanceof Value.Mapping map) {
                var computed = scope.names().computed(map, path);
                if (computed.isPresent()) {
                    return computed;
                }
            }
        }
    }

    private Value rooted(String root, String name, Position at, Names names) {
        return switch (root) {
            case "var" -> names.variable(name, at);
            case "local" -> names.local(name, at);
            case "module" -> names.call(name, at);
            case "path" -> names.path(name);
            case "terraform" ->
                name.equals("workspace")
                        ? Value.of("default")
                        : Unknown.because("terraform." + name).present();
            case "each", "count", "self" -> Unknown.because(root + "." + name).present();
            case "data" -> fail("data." + name + " is no value");
            default -> names.resource(false, root, name, at);
        };
    }

    /** {@code source.name}, where the name may also be digits. */
    Value read(Value source, String name, Names names) {
        return switch (source) {
            case Value.Mapping map -> {
                var entry = map.entries().get(name);
                if (entry != null) {
                    yield names.readFrom(map, name, entry.value());
                }
                yield names.computed(map, name).orElseGet(() -> fail("there is no attribute " + name));
            }
            case Value.Sequence list
            when !name.isEmpty() && Character.isDigit(name.charAt(0)) -> element(list, Value.of(name));
            case Value.Sequence(var items)
            when items.size() == 1 && items.getFirst().value() instanceof Value.Mapping only -> read(only, name, names);
            case Value.Sequence _ -> fail("a list has no attribute " + name);
            case Unknown unknown ->
                Unknowns.attribute(unknown, name)
                        .orElseGet(() -> Unknowns.part(unknown, each -> read(each, name, names)));
            default -> fail("there is no attribute " + name);
        };
    }

    private Value index(Expression.Index index, Scope scope) {
        if (index.source() instanceof Expression.Attribute(var inner, var name, var at)) {
            boolean data = inner instanceof Expression.Attribute(Expression.Variable(var root, var _), var _, var _)
                    && root.equals("data")
                    && !scope.has(root);
            var type = inner instanceof Expression.Attribute(var _, var typed, var _) && data
                    ? typed
                    : inner instanceof Expression.Variable(var root, var _) && !scope.has(root) ? root : "";
            if (!type.isEmpty()) {
                var whole = evaluate(index.source(), scope);
                return whole instanceof Unknown
                        ? scope.names().symbolic(data, type, name).orElse(whole)
                        : item(whole, evaluate(index.key(), scope), scope.names());
            }
        }
        return item(evaluate(index.source(), scope), evaluate(index.key(), scope), scope.names());
    }

    /** {@code source[key]}. */
    Value item(Value source, Value key, Names names) {
        if (source instanceof Unknown unknown) {
            return key instanceof Unknown
                    ? Unknowns.of(source, key)
                    : Unknowns.part(unknown, each -> item(each, key, names));
        }
        if (key instanceof Unknown) {
            return anyOf(source, key);
        }
        return switch (source) {
            case Value.Sequence list -> element(list, key);
            case Value.Mapping map
            when key instanceof Value.Numeric && names.computed(map, "id").isPresent() -> map;
            case Value.Mapping map ->
                Conversions.text(key)
                        .map(name -> read(map, name, names))
                        .orElseGet(() -> fail("a key that is no text"));
            default -> fail("what has no elements");
        };
    }

    /** An element that cannot be told: one of all, where they are few. */
    private static Value anyOf(Value source, Value key) {
        var elements = switch (source) {
            case Value.Sequence list -> list.items();
            case Value.Mapping map -> List.copyOf(map.entries().values());
            default -> List.<Located>of();
        };
        if (elements.isEmpty() || elements.size() > 16) {
            return Unknowns.of(source, key);
        }
        var reason = key instanceof Unknown unknown ? unknown.chain() : "";
        Value joined = elements.getFirst().value();
        for (var other : elements.subList(1, elements.size())) {
            joined = Unknown.either(reason, joined, other.value());
        }
        return joined;
    }

    private Value element(Value.Sequence list, Value key) {
        var number = Conversions.number(key);
        if (number.isEmpty()) {
            return fail("an index that is no number");
        }
        int at = number.get().signum() < 0
                        || number.get().precision() - number.get().scale() > 9
                ? -1
                : number.get().intValue();
        return at >= 0 && at < list.items().size()
                ? list.items().get(at).value()
                : fail("a list of %d has no element %s".formatted(list.items().size(), number.get()));
    }

    private Value binary(Expression.Binary binary, Scope scope) {
        var left = evaluate(binary.left(), scope);
        var right = evaluate(binary.right(), scope);
        return Operators.binary(binary.operator(), left, right)
                .orElseGet(() -> fail("operands that " + binary.operator() + " does not take"));
    }

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        var test = evaluate(conditional.test(), scope);
        if (test instanceof Unknown unknown) {
            return Unknown.either(
                    unknown.chain(), evaluate(conditional.then(), scope), evaluate(conditional.otherwise(), scope));
        }
        var truth = Conversions.truth(test);
        if (truth.isEmpty()) {
            return fail("a condition that is neither true nor false");
        }
        var chosen = evaluate(truth.get() ? conditional.then() : conditional.otherwise(), scope);
        var other = truth.get() ? conditional.otherwise() : conditional.then();
        return isText(other) && !(chosen instanceof Value.Text)
                ? Conversions.text(chosen).<Value>map(Value::of).orElse(chosen)
                : chosen;
    }

    /** Both branches have one type: beside a text, a number becomes text. */
    private static boolean isText(Expression expression) {
        return expression instanceof Expression.Template
                || expression instanceof Expression.Literal(Value.Text _, var _);
    }

    private Value tuple(Expression.Tuple tuple, Scope scope) {
        var items = new Located[tuple.items().size()];
        for (int i = 0; i < items.length; i++) {
            var item = tuple.items().get(i);
            items[i] = new Located(evaluate(item, scope), item.position());
        }
        return new Value.Sequence(List.of(items));
    }

    private Value object(Expression.ObjectOf object, Scope scope) {
        var entries = new LinkedHashMap<String, Located>(object.entries().size() * 2);
        for (var entry : object.entries()) {
            var key = evaluate(entry.key(), scope);
            if (key instanceof Unknown) {
                return Unknowns.of(key);
            }
            var name = Conversions.text(key);
            if (name.isEmpty()) {
                return fail("a key that is no text");
            }
            entries.put(
                    name.get(),
                    new Located(evaluate(entry.value(), scope), entry.value().position()));
        }
        return new Value.Mapping(entries);
    }

    private Value call(Expression.Call call, Scope scope) {
        return switch (call.name()) {
            case "try" -> firstThatWorks(call, scope);
            case "can" ->
                call.arguments().size() == 1 ? can(call.arguments().getFirst(), scope) : fail("can takes one argument");
            default -> function(call, scope);
        };
    }

    private Value function(Expression.Call call, Scope scope) {
        var arguments = new ArrayList<Value>(call.arguments().size());
        for (int i = 0; i < call.arguments().size(); i++) {
            var argument = evaluate(call.arguments().get(i), scope);
            if (call.expandLast() && i == call.arguments().size() - 1) {
                if (argument instanceof Unknown) {
                    arguments.add(argument);
                    return Unknowns.of(arguments);
                }
                if (!(argument instanceof Value.Sequence(var items))) {
                    return fail("... after what is no list");
                }
                items.forEach(item -> arguments.add(item.value()));
            } else {
                arguments.add(argument);
            }
        }
        try {
            var outcome = provenance.made(call.name(), arguments, scope.names().call(call.name(), arguments));
            return limits.sized(outcome, call.position());
        } catch (FunctionError e) {
            return fail("error in function %s: %s".formatted(call.name(), e.getMessage()));
        }
    }

    private Value firstThatWorks(Expression.Call call, Scope scope) {
        for (var argument : call.arguments()) {
            caught++;
            try {
                return evaluate(argument, scope);
            } catch (Failure nextOne) {
                // That is what try is for.
            } finally {
                caught--;
            }
        }
        return fail("no argument of try works");
    }

    private Value can(Expression argument, Scope scope) {
        caught++;
        try {
            return evaluate(argument, scope) instanceof Unknown unknown ? Unknowns.of(unknown) : Value.TRUE;
        } catch (Failure e) {
            return Value.FALSE;
        } finally {
            caught--;
        }
    }
}
