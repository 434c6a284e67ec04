package dev.stepzero.rules.condition;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.condition.Answered.Question;
import dev.stepzero.rules.iam.Policies;
import dev.stepzero.rules.net.AddressFields;
import dev.stepzero.rules.net.Networks;
import dev.stepzero.rules.net.PortFields;
import dev.stepzero.rules.net.Ports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The functions that conditions may call, beside CEL's operators. */
final class Functions {
    /**
     * How a function is called.
     *
     * @param least the fewest arguments, a method's target among them
     * @param method whether it is called on its first argument
     */
    record Signature(String name, int least, int most, boolean method) {}

    /** What computes a function from its arguments' values. */
    @FunctionalInterface
    interface Body {
        Value of(Scope scope, Value[] arguments);
    }

    private record Function(Signature signature, boolean takesUnknown, Body body) {}

    private static final Map<String, Function> TABLE = table();

    private Functions() {}

    /** All functions but those that CEL declares itself. */
    static List<Signature> signatures() {
        return TABLE.values().stream()
                .map(Function::signature)
                .filter(signature -> !STANDARD.contains(signature.name()))
                .toList();
    }

    private static final java.util.Set<String> STANDARD =
            java.util.Set.of("size", "startsWith", "endsWith", "contains", "matches", "_+_", "_-_", "_*_", "-_");

    /** A call, ready to be asked. Where an argument is unknown the answer is the common one of its alternatives, or none. */
    static Condition link(Term.Call call, Condition[] arguments) {
        var function = TABLE.get(call.function());
        if (function == null) {
            throw new IllegalArgumentException("there is no function '%s'".formatted(call.function()));
        }
        return scope -> {
            var values = new Value[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].ask(scope);
            }
            return apply(function, scope, values, 0);
        };
    }

    private static Value apply(Function function, Scope scope, Value[] values, int from) {
        if (!function.takesUnknown()) {
            for (int i = from; i < values.length; i++) {
                if (values[i] instanceof Unknown unknown) {
                    int at = i;
                    return Alternatives.of(unknown, alternative -> {
                        var changed = values.clone();
                        changed[at] = alternative;
                        return apply(function, scope, changed, at + 1);
                    });
                }
            }
        }
        return function.body().of(scope, values);
    }

    private static Map<String, Function> table() {
        var table = new HashMap<String, Function>();
        neighbours(table);
        known(
                table,
                "resource_name",
                0,
                0,
                (scope, in) -> Value.of(name(scope.resource().address())));
        known(table, "address", 0, 0, (scope, in) -> Value.of(scope.resource().address()));
        known(table, "kind", 0, 1, (scope, in) -> kind(scope, in));
        known(table, "provider_at_least", 1, 1, (scope, in) -> providerAtLeast(scope, in[0]));
        lenient(table, "empty", 1, 1, (scope, in) -> isEmpty(in[0]));
        known(table, "size", 1, 1, (scope, in) -> Value.of(size(in[0])));
        known(table, "keys", 1, 1, (scope, in) -> Collections.keys(in[0]));
        known(table, "values", 1, 1, (scope, in) -> Collections.values(in[0]));
        known(table, "flatten", 1, 1, (scope, in) -> Collections.flatten(in[0]));
        texts(table);
        networks(table);
        policies(table);
        return Map.copyOf(table);
    }

    private static void neighbours(Map<String, Function> table) {
        lenient(table, "attached", 1, 2, (scope, in) -> attached(scope, in));
        lenient(table, "referred", 1, 2, (scope, in) -> {
            var from = in.length == 2 ? in[0] : scope.resource().attributes();
            return scope.neighbours().referred(from, Texts.list(in[in.length - 1]));
        });
        known(table, "all_of", 1, 1, (scope, in) -> {
            var found = new ArrayList<dev.stepzero.core.resource.Resource>();
            Texts.list(in[0]).forEach(kind -> found.addAll(scope.neighbours().ofKind(kind)));
            return Neighbours.listOf(found);
        });
    }

    private static Value attached(Scope scope, Value[] in) {
        var kinds = Texts.list(in[in.length - 1]);
        if (in.length == 1) {
            return scope.neighbours().attached(scope.resource(), kinds);
        }
        if (in[0] instanceof Unknown unknown) {
            return Answers.unknown(unknown);
        }
        var to = new ArrayList<dev.stepzero.core.resource.Located>();
        for (var each : Reading.elements(in[0])) {
            var owner = scope.neighbours().owner(each.value());
            if (owner.isPresent()) {
                var found = scope.neighbours().attached(owner.get(), kinds);
                if (found instanceof Unknown) {
                    return found;
                }
                to.addAll(Reading.elements(found));
            }
        }
        return new Value.Sequence(to);
    }

    private static void texts(Map<String, Function> table) {
        method(table, "startsWith", (scope, in) -> Texts.test(in, String::startsWith));
        method(table, "endsWith", (scope, in) -> Texts.test(in, String::endsWith));
        method(table, "contains", (scope, in) -> Texts.contains(in[0], in[1]));
        method(table, "matches", (scope, in) -> Texts.matches(in[0], in[1]));
        known(table, "lower", 1, 1, (scope, in) -> Texts.lower(in[0]));
        known(table, "upper", 1, 1, (scope, in) -> Texts.upper(in[0]));
        known(table, "trim", 1, 1, (scope, in) -> Texts.trim(in[0]));
        known(table, "split", 2, 2, (scope, in) -> Texts.split(in[0], in[1]));
        known(table, "str", 1, 1, (scope, in) -> Texts.of(in[0]));
        known(table, "number", 1, 1, (scope, in) -> Texts.number(in[0]));
        known(table, "older", 2, 2, (scope, in) -> Versions.older(in[0], in[1]));
        known(table, "duration_days", 1, 1, (scope, in) -> Durations.days(in[0]));
        known(table, "decoded", 1, 1, (scope, in) -> Texts.decoded(in[0]));
        known(
                table,
                "secret_like",
                1,
                1,
                (scope, in) ->
                        scope.answered().about(in[0], Question.SECRET, value -> Value.of(SecretShapes.match(value))));
        lenient(table, "json", 1, 1, (scope, in) -> dev.stepzero.rules.iam.JsonText.parse(in[0]));
        known(table, "_+_", 2, 2, (scope, in) -> Arithmetic.plus(in[0], in[1]));
        known(table, "_-_", 2, 2, (scope, in) -> Arithmetic.of(in[0], in[1], java.math.BigDecimal::subtract));
        known(table, "_*_", 2, 2, (scope, in) -> Arithmetic.of(in[0], in[1], java.math.BigDecimal::multiply));
        known(table, "-_", 1, 1, (scope, in) -> Arithmetic.of(Value.of(0), in[0], java.math.BigDecimal::subtract));
    }

    private static void networks(Map<String, Function> table) {
        remembered(table, "cidrs", Question.CIDRS, AddressFields::of);
        remembered(table, "internet", Question.INTERNET, value -> Networks.internet(AddressFields.of(value)));
        remembered(table, "public_cidr", Question.PUBLIC, value -> Networks.anyPublic(AddressFields.of(value)));
        lenient(
                table,
                "ports",
                1,
                2,
                (scope, in) -> in.length == 2
                        ? PortFields.range(in[0], in[1])
                        : scope.answered().about(in[0], Question.PORTS, PortFields::of));
        member(table, "includes", 2, (scope, in) -> Ports.includes(in[0], in[1]));
        member(table, "includes_any", 2, (scope, in) -> Ports.includesAny(in[0], in[1]));
        member(table, "count", 1, (scope, in) -> Ports.count(in[0]));
        member(table, "every_port", 1, (scope, in) -> Ports.every(in[0]));
    }

    private static void policies(Map<String, Function> table) {
        remembered(table, "statements", Question.STATEMENTS, Policies::statements);
        lenient(table, "allows", 2, 2, (scope, in) -> Policies.allows(in[0], in[1]));
        lenient(table, "allows_all", 1, 1, (scope, in) -> Policies.allowsAll(in[0]));
        lenient(table, "public_principal", 1, 1, (scope, in) -> Policies.publicPrincipal(in[0]));
        lenient(table, "escalations", 1, 1, (scope, in) -> Policies.escalations(in[0]));
    }

    private static void known(Map<String, Function> table, String name, int least, int most, Body body) {
        table.put(name, new Function(new Signature(name, least, most, false), false, body));
    }

    private static void lenient(Map<String, Function> table, String name, int least, int most, Body body) {
        table.put(name, new Function(new Signature(name, least, most, false), true, body));
    }

    private static void remembered(
            Map<String, Function> table, String name, Question question, UnaryOperator<Value> answer) {
        lenient(table, name, 1, 1, (scope, in) -> scope.answered().about(in[0], question, answer));
    }

    private static void method(Map<String, Function> table, String name, Body body) {
        table.put(name, new Function(new Signature(name, 2, 2, true), true, body));
    }

    private static void member(Map<String, Function> table, String name, int count, Body body) {
        table.put(name, new Function(new Signature(name, count, count, true), false, body));
    }

    private static Value kind(Scope scope, Value[] in) {
        return in.length == 0
                ? Value.of(scope.resource().kind())
                : scope.neighbours()
                        .owner(in[0])
                        .<Value>map(resource -> Value.of(resource.kind()))
                        .orElse(Value.ABSENT);
    }

    /** Where nothing says which version, the newest is assumed. */
    private static Value providerAtLeast(Scope scope, Value version) {
        return scope.resource()
                .origin()
                .providerVersion()
                .map(known -> Answers.not(Versions.older(Value.of(known), version)))
                .orElse(Value.TRUE);
    }

    private static String name(String address) {
        return address.substring(address.lastIndexOf('.') + 1);
    }

    /** A reference to what a resource has once it is there, such as a key's ARN, is not empty. */
    private static Value isEmpty(Value value) {
        if (!(value instanceof Unknown unknown)) {
            return Value.of(size(value) == 0);
        }
        boolean there = unknown.notNull() && !unknown.references().isEmpty();
        return there || !unknown.prefix().isEmpty() ? Value.FALSE : Alternatives.of(unknown, Functions::isEmpty);
    }

    private static int size(Value value) {
        return switch (value) {
            case Value.Absent absent -> 0;
            case Value.Text text -> text.value().length();
            case Value.Sequence list -> list.items().size();
            case Value.Mapping map -> map.entries().size();
            case Value.Bool bool -> 1;
            case Value.Numeric number -> 1;
            case Unknown unknown -> 1;
        };
    }
}
