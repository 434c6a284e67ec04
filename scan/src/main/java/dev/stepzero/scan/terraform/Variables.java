package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a module's variables hold. */
final class Variables {
    private Variables() {}

    static Value value(ModuleInstance module, String name) {
        var block = module.module().variables().get(name);
        if (block == null) {
            return Unknown.because("var." + name + " is not declared");
        }
        var body = block.body();
        var given = module.given(name).orElse(null);
        var standard = Syntax.attribute(body, "default").orElse(null);
        var value = given;
        boolean nullable = nullable(body);
        if (given == null || (given instanceof Value.Absent && !nullable)) {
            if (standard == null) {
                return unset(body, name, nullable);
            }
            value = module.evaluation().expressions().outside(standard.value(), module.scope());
        }
        var limits = module.evaluation().limits();
        return typed(module, body, name, limits.weighed(value == null ? Value.ABSENT : value, block.position()));
    }

    private static boolean nullable(Body body) {
        return !(Syntax.attribute(body, "nullable").map(Body.Attribute::value).orElse(null)
                        instanceof Expression.Literal(Value.Bool(var truth), var _))
                || truth;
    }

    private static Unknown unset(Body body, String name, boolean nullable) {
        var choices = choices(body, name);
        return new Unknown(List.of("var." + name), !nullable || !choices.isEmpty(), choices, List.of(), null, Set.of());
    }

    private static Value typed(ModuleInstance module, Body body, String name, Value value) {
        var type = Syntax.attribute(body, "type");
        if (type.isEmpty()) {
            return value;
        }
        return TypeConstraint.of(type.get().value())
                .convert(value, module.evaluation().expressions(), module.scope())
                .orElseGet(() -> Unknown.because("var.%s is not of its type %s"
                                .formatted(name, Syntax.written(type.get().value())))
                        .present());
    }

    /** What a validation by {@code contains([...], var.name)} leaves open. */
    private static List<Value> choices(Body body, String name) {
        for (var block : body.blocks()) {
            if (block.type().equals("validation")
                    && Syntax.attribute(block.body(), "condition")
                                    .map(Body.Attribute::value)
                                    .orElse(null)
                            instanceof Expression.Call(var function, var arguments, var _, var _)
                    && function.equals("contains")
                    && arguments.size() == 2
                    && arguments.getFirst() instanceof Expression.Tuple(var items, var _)
                    && Syntax.written(arguments.getLast()).equals("var." + name)) {
                return literals(items);
            }
        }
        return List.of();
    }

    private static List<Value> literals(List<Expression> items) {
        var values = new ArrayList<Value>();
        for (var item : items) {
            if (!(item instanceof Expression.Literal literal)) {
                return List.of();
            }
            values.add(literal.value());
        }
        return values.size() <= 16 ? values : List.of();
    }
}
