package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression.ObjectOf;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a tree as HCL again: every operation in parentheses, everything that may be quoted in quotes. */
final class Printer {
    private Printer() {}

    static String print(Body body) {
        var text = new StringBuilder();
        for (var attribute : body.attributes()) {
            text.append(attribute.name())
                    .append(" = ")
                    .append(print(attribute.value()))
                    .append('\n');
        }
        for (var block : body.blocks()) {
            text.append(block.type());
            block.labels().forEach(label -> text.append(' ').append(quoted(label)));
            text.append(" {\n").append(print(block.body())).append("}\n");
        }
        return text.toString();
    }

    static String print(Expression expression) {
        return switch (expression) {
            case Expression.Literal(var value, var position) -> literal(value);
            case Expression.Template(var parts, var position) ->
                parts.stream().map(Printer::part).collect(Collectors.joining("", "\"", "\""));
            case Expression.TemplateFor each -> throw new IllegalArgumentException("only in a template: " + each);
            case Expression.Variable(var name, var position) -> name;
            case Expression.Element element -> "";
            case Expression.Attribute(var source, var name, var position) -> source(source) + "." + name;
            case Expression.Index(var source, var key, var position) -> source(source) + "[" + print(key) + "]";
            case Expression.Splat(var source, var each, var position) -> source(source) + "[*]" + print(each);
            case Expression.Call(var name, var arguments, var expand, var position) ->
                name + "(" + list(arguments) + (expand ? "...)" : ")");
            case Expression.Unary(var operator, var operand, var position) -> operator + "(" + print(operand) + ")";
            case Expression.Binary(var operator, var left, var right, var position) ->
                "((" + print(left) + ") " + operator + " (" + print(right) + "))";
            case Expression.Conditional(var test, var then, var otherwise, var position) ->
                "(" + print(test) + " ? " + print(then) + " : " + print(otherwise) + ")";
            case Expression.Tuple(var items, var position) -> "[" + list(items) + "]";
            case ObjectOf(var entries, var position) ->
                entries.stream().map(Printer::entry).collect(Collectors.joining(", ", "{", "}"));
            case Expression.For each -> forExpression(each);
            case Expression.Broken broken -> throw new IllegalArgumentException(broken.why());
        };
    }

    private static String source(Expression source) {
        return switch (source) {
            case Expression.Element element -> "";
            case Expression.Attribute attribute -> print(attribute);
            case Expression.Index index -> print(index);
            default -> "(" + print(source) + ")";
        };
    }

    private static String list(List<Expression> items) {
        return items.stream().map(Printer::print).collect(Collectors.joining(", "));
    }

    private static String entry(ObjectOf.Entry entry) {
        return entry.key() instanceof Expression.Literal(Value.Text text, var position)
                ? print(entry.key()) + " = " + print(entry.value())
                : "(" + print(entry.key()) + ") = " + print(entry.value());
    }

    private static String forExpression(Expression.For each) {
        var head = "for " + (each.key() == null ? "" : each.key() + ", ") + each.value() + " in "
                + print(each.collection()) + " : ";
        var condition = each.condition();
        var tail = condition == null ? "" : " if " + print(condition);
        var key = each.keyExpression();
        return key == null
                ? "[" + head + print(each.result()) + tail + "]"
                : "{" + head + print(key) + " => " + print(each.result()) + (each.grouping() ? "..." : "") + tail + "}";
    }

    private static String part(Expression part) {
        return switch (part) {
            case Expression.Literal(Value.Text(var text), var position) -> escaped(text);
            case Expression.TemplateFor(var key, var value, var collection, var body, var position) ->
                "%{ for " + (key == null ? "" : key + ", ") + value + " in " + print(collection) + " }" + inside(body)
                        + "%{ endfor }";
            default -> "${" + print(part) + "}";
        };
    }

    private static String inside(Expression body) {
        return body instanceof Expression.Template template
                ? template.parts().stream().map(Printer::part).collect(Collectors.joining())
                : part(body);
    }

    private static String literal(Value value) {
        return switch (value) {
            case Value.Absent absent -> "null";
            case Value.Bool(var truth) -> String.valueOf(truth);
            case Value.Numeric(var number) -> number.toString();
            case Value.Text(var text) -> quoted(text);
            default -> throw new IllegalArgumentException("no literal: " + value);
        };
    }

    private static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\0", "\\u0000")
                .replace("${", "$${")
                .replace("%{", "%%{");
    }
}
