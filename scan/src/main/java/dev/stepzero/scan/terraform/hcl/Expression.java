package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of HCL's expression language. */
public sealed interface Expression {
    Position position();

    /** A number, a truth value, {@code null} (as {@link Value#ABSENT}), or a text without interpolation. */
    record Literal(Value value, Position position) implements Expression {}

    /**
     * A quoted or heredoc template of two parts or more, or of one part that must become text. A template that is nothing
     * but one interpolation keeps its value's type and is that expression itself.
     */
    record Template(List<Expression> parts, Position position) implements Expression {
        public Template {
            parts = List.copyOf(parts);
        }
    }

    /** <code>%{ for k, v in collection }body%{ endfor }</code>: the bodies' texts, joined. */
    record TemplateFor(@Nullable String key, String value, Expression collection, Expression body, Position position)
            implements Expression {}

    /** A root name: {@code var}, {@code local}, {@code each}, a resource type, or a {@code for} variable. */
    record Variable(String name, Position position) implements Expression {}

    /** {@code source.name}; also the old form {@code source.0}, with digits as the name. */
    record Attribute(Expression source, String name, Position position) implements Expression {}

    /** {@code source[key]}. */
    record Index(Expression source, Expression key, Position position) implements Expression {}

    /** {@code source[*]…} or {@code source.*…}; {@code each} is read for every element, which stands in it as {@link Element}. */
    record Splat(Expression source, Expression each, Position position) implements Expression {}

    /** The element of the innermost {@link Splat} around it. */
    record Element(Position position) implements Expression {}

    /** {@code name(arguments)}; with {@code expandLast} the last argument ends in {@code ...}. */
    record Call(String name, List<Expression> arguments, boolean expandLast, Position position) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code -x} or {@code !x}. */
    record Unary(char operator, Expression operand, Position position) implements Expression {}

    /** The operator as it is written: {@code + - * / % == != < <= > >= && ||}. */
    record Binary(String operator, Expression left, Expression right, Position position) implements Expression {}

    /** {@code test ? then : otherwise}, also from <code>%{ if }</code>. */
    record Conditional(Expression test, Expression then, Expression otherwise, Position position)
            implements Expression {}

    /** <code>[a, b]</code>. */
    record Tuple(List<Expression> items, Position position) implements Expression {
        public Tuple {
            items = List.copyOf(items);
        }
    }

    /** <code>{ a = b }</code>. A bare name as key is a {@link Literal} text. */
    record ObjectOf(List<Entry> entries, Position position) implements Expression {
        /** One pair. */
        public record Entry(Expression key, Expression value) {}

        public ObjectOf {
            entries = List.copyOf(entries);
        }
    }

    /**
     * {@code [for k, v in collection : value if condition]} or, with a key expression,
     * <code>{for k, v in collection : keyExpression => value... if condition}</code>.
     */
    record For(
            @Nullable String key,
            String value,
            Expression collection,
            @Nullable Expression keyExpression,
            Expression result,
            @Nullable Expression condition,
            boolean grouping,
            Position position)
            implements Expression {}

    /** What could not be read; it is unknown. */
    record Broken(String why, Position position) implements Expression {}
}
