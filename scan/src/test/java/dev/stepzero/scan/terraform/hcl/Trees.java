package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random trees, without positions. */
final class Trees {
    private static final Position NONE = Position.NONE;

    private Trees() {}

    static Arbitrary<String> names() {
        return Arbitraries.of("var", "local", "aws_s3_bucket", "a-b", "_x", "größe", "each", "k8s");
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', ' ', '$', '%', '{', '}', '"', '\\', '\n', '\t', '~', '\0', 'é', '#', '/', '*', '<')
                .ofMaxLength(8)
                // A dollar before "{" is escaped by another dollar, which a dollar before it would escape in turn.
                .filter(text ->
                        !text.contains("$${") && !text.contains("%%{") && !text.endsWith("$") && !text.endsWith("%"));
    }

    private static Arbitrary<Expression> leaves() {
        Arbitrary<Expression> text = texts().map(value -> new Expression.Literal(Value.of(value), NONE));
        Arbitrary<Expression> number = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("1e30"))
                .map(value -> new Expression.Literal(new Value.Numeric(value), NONE));
        Arbitrary<Expression> word =
                Arbitraries.of(Value.TRUE, Value.FALSE, Value.ABSENT).map(value -> new Expression.Literal(value, NONE));
        Arbitrary<Expression> variable = names().map(name -> new Expression.Variable(name, NONE));
        return Arbitraries.oneOf(text, number, word, variable);
    }

    static Arbitrary<Expression> expressions() {
        return expressions(3);
    }

    private static Arbitrary<Expression> expressions(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Expression> inner = Arbitraries.lazy(() -> expressions(depth - 1));
        var list = inner.list().ofMaxSize(3);
        Arbitrary<String> steps = Arbitraries.of("name", "0", "x-y");
        return Arbitraries.oneOf(
                leaves(),
                Combinators.combine(inner, steps).as((source, name) -> new Expression.Attribute(source, name, NONE)),
                Combinators.combine(inner, inner).as((source, key) -> new Expression.Index(source, key, NONE)),
                Combinators.combine(inner, steps, inner).as(Trees::splat),
                Combinators.combine(names(), list, Arbitraries.of(true, false))
                        .as((name, items, expand) ->
                                new Expression.Call(name, items, expand && !items.isEmpty(), NONE)),
                Combinators.combine(Arbitraries.of('-', '!'), inner).as((op, x) -> new Expression.Unary(op, x, NONE)),
                Combinators.combine(
                                Arbitraries.of("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"),
                                inner,
                                inner)
                        .as((op, left, right) -> new Expression.Binary(op, left, right, NONE)),
                Combinators.combine(inner, inner, inner).as((a, b, c) -> new Expression.Conditional(a, b, c, NONE)),
                list.map(items -> new Expression.Tuple(items, NONE)),
                Combinators.combine(inner, inner)
                        .as((key, value) -> new Expression.ObjectOf.Entry(key, value))
                        .list()
                        .ofMaxSize(3)
                        .map(entries -> new Expression.ObjectOf(entries, NONE)),
                Combinators.combine(
                                names().injectNull(0.5),
                                names(),
                                inner,
                                inner.injectNull(0.5),
                                inner,
                                inner.injectNull(0.5))
                        .as((k, v, in, key, result, test) ->
                                new Expression.For(k, v, in, key, result, test, key != null && test == null, NONE)),
                Combinators.combine(inner, list, names().injectNull(0.5)).as(Trees::template));
    }

    private static Expression splat(Expression source, String name, Expression key) {
        Expression each = new Expression.Attribute(new Expression.Element(NONE), name, NONE);
        return new Expression.Splat(source, new Expression.Index(each, key, NONE), NONE);
    }

    /** Texts and values in turn, as two texts side by side would be one. */
    private static Expression template(Expression first, List<Expression> others, String key) {
        List<Expression> parts = new ArrayList<>();
        parts.add(new Expression.Literal(Value.of("a ${"), NONE));
        parts.add(valued(first));
        for (var other : others) {
            parts.add(new Expression.Literal(Value.of(" "), NONE));
            var body = new Expression.Template(List.of(valued(other)), NONE);
            parts.add(key == null ? valued(other) : new Expression.TemplateFor(key, "v", first, body, NONE));
        }
        return new Expression.Template(parts, NONE);
    }

    private static Expression valued(Expression expression) {
        return expression instanceof Expression.Literal(Value.Text text, var position)
                ? new Expression.Variable("x", NONE)
                : expression;
    }

    static Arbitrary<Body> bodies() {
        return bodies(2);
    }

    private static Arbitrary<Body> bodies(int depth) {
        var attributes = Combinators.combine(names(), expressions(2))
                .as((name, value) -> new Body.Attribute(name, value, NONE))
                .list()
                .uniqueElements(Body.Attribute::name)
                .ofMaxSize(3);
        if (depth == 0) {
            return attributes.map(all -> new Body(all, List.of(), NONE));
        }
        var blocks = Combinators.combine(
                        names(), texts().list().ofMaxSize(2), Arbitraries.lazy(() -> bodies(depth - 1)))
                .as((type, labels, body) -> new Body.Block(type, labels, body, NONE))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(attributes, blocks).as((all, inside) -> new Body(all, inside, NONE));
    }
}
