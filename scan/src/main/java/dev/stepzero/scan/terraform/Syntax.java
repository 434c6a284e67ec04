package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.Expression;
import java.util.Optional;
import java.util.StringJoiner;

/** What is read from the syntax itself, without evaluating it. */
final class Syntax {
    private static final int DEEPEST = 30;

    private Syntax() {}

    static Optional<String> literal(Expression expression) {
        return expression instanceof Expression.Literal(Value.Text(var text), var _)
                ? Optional.of(text)
                : Optional.empty();
    }

    static Optional<Body.Attribute> attribute(Body body, String name) {
        for (var attribute : body.attributes()) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    static Optional<String> literal(Body body, String name) {
        return attribute(body, name).flatMap(found -> literal(found.value()));
    }

    /** A type or a traversal as it is written, such as {@code map(string)} or {@code aws.west}. */
    static String written(Expression expression) {
        return written(expression, DEEPEST);
    }

    private static String written(Expression expression, int depth) {
        if (depth == 0) {
            return "…";
        }
        return switch (expression) {
            case Expression.Variable(var name, var _) -> name;
            case Expression.Literal(var value, var _) -> Conversions.text(value).orElse("null");
            case Expression.Attribute(var source, var name, var _) -> written(source, depth - 1) + "." + name;
            case Expression.Index(var source, var key, var _) ->
                written(source, depth - 1) + "[" + written(key, depth - 1) + "]";
            case Expression.Call(var name, var arguments, var _, var _) -> {
                var joined = new StringJoiner(", ", name + "(", ")");
                arguments.forEach(each -> joined.add(written(each, depth - 1)));
                yield joined.toString();
            }
            case Expression.Tuple(var items, var _) -> {
                var joined = new StringJoiner(", ", "[", "]");
                items.forEach(each -> joined.add(written(each, depth - 1)));
                yield joined.toString();
            }
            case Expression.ObjectOf(var entries, var _) -> {
                var joined = new StringJoiner(", ", "{", "}");
                entries.forEach(
                        each -> joined.add(written(each.key(), depth - 1) + " = " + written(each.value(), depth - 1)));
                yield joined.toString();
            }
            default -> "…";
        };
    }
}
