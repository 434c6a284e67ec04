package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression.Literal;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions by recursive descent: conditionals, operators, steps into values, and what those begin with. */
final class ExpressionParser {
    private final Scanner scanner;
    private final CollectionParser collections;
    private final TemplateParser templates;

    ExpressionParser(Scanner scanner) {
        this.scanner = scanner;
        collections = new CollectionParser(scanner, this);
        templates = new TemplateParser(scanner, this);
    }

    TemplateParser templates() {
        return templates;
    }

    Expression expression() {
        scanner.deeper();
        scanner.space();
        int start = scanner.at;
        var test = operation(0, start);
        scanner.space();
        var result = scanner.here() == '?' ? conditional(test, start) : test;
        scanner.shallower();
        return result;
    }

    private Expression conditional(Expression test, int start) {
        int height = scanner.height;
        scanner.at++;
        var then = expression();
        height = Math.max(height, scanner.height);
        scanner.expect(':', "\":\" between the two results of a condition");
        var otherwise = expression();
        scanner.on(Math.max(height, scanner.height));
        return new Expression.Conditional(test, then, otherwise, scanner.from(start));
    }

    private Expression operation(int weakest, int start) {
        var left = operand();
        while (true) {
            int after = scanner.at;
            scanner.space();
            var operator = Operator.at(scanner.here(), scanner.next());
            if (operator.strength < weakest) {
                scanner.at = after;
                return left;
            }
            int height = scanner.height;
            scanner.at += operator.symbol.length();
            scanner.space();
            var right = operation(operator.strength + 1, scanner.at);
            scanner.on(Math.max(height, scanner.height));
            left = new Expression.Binary(operator.symbol, left, right, scanner.from(start));
        }
    }

    private Expression operand() {
        scanner.space();
        int start = scanner.at;
        char c = scanner.here();
        if (c != '-' && c != '!') {
            return steps(term(), start);
        }
        scanner.deeper();
        scanner.at++;
        var operand = operand();
        scanner.shallower();
        scanner.on(scanner.height);
        return new Expression.Unary(c, operand, scanner.from(start));
    }

    private Expression steps(Expression source, int start) {
        var result = source;
        while (true) {
            int after = scanner.at;
            char c = scanner.here();
            if (c != '.' && c != '[') {
                scanner.space();
                c = scanner.here();
            }
            if (c == '.' && scanner.next() != '.') {
                scanner.at++;
                scanner.space();
                if (scanner.here() == '*') {
                    scanner.at++;
                    result = attributeSplat(result, start);
                } else {
                    result = attribute(result, start);
                }
            } else if (c == '[') {
                result = index(result, start);
            } else {
                scanner.at = after;
                return result;
            }
        }
    }

    /** The name, or the digits of the old form, after a dot. */
    private Expression attribute(Expression source, int start) {
        int from = scanner.at;
        while (Characters.isDigit(scanner.here())) {
            scanner.at++;
        }
        var name = scanner.at > from ? scanner.source.name(from, scanner.at) : scanner.name("a name after the dot");
        scanner.on(scanner.height);
        return new Expression.Attribute(source, name, scanner.from(start));
    }

    /** What follows {@code .*}: only names and digits belong to it, an index is of the whole result. */
    private Expression attributeSplat(Expression source, int start) {
        int height = scanner.height;
        scanner.height = 0;
        Expression each = new Expression.Element(scanner.from(start));
        while (true) {
            int after = scanner.at;
            scanner.space();
            if (scanner.here() != '.' || scanner.next() == '.') {
                scanner.at = after;
                break;
            }
            scanner.at++;
            scanner.space();
            each = attribute(each, start);
        }
        scanner.on(Math.max(height, scanner.height));
        return new Expression.Splat(source, each, scanner.from(start));
    }

    /** {@code [key]}, or {@code [*]} with all that follows it. */
    private Expression index(Expression source, int start) {
        int height = scanner.height;
        boolean before = scanner.acrossLines;
        scanner.open++;
        scanner.at++;
        scanner.acrossLines = true;
        scanner.space();
        if (scanner.here() == '*') {
            scanner.at++;
            scanner.expect(']', "\"]\" after \"[*\"");
            scanner.open--;
            scanner.acrossLines = before;
            scanner.deeper();
            scanner.height = 0;
            var each = steps(new Expression.Element(scanner.from(start)), start);
            scanner.shallower();
            scanner.on(Math.max(height, scanner.height));
            return new Expression.Splat(source, each, scanner.from(start));
        }
        var key = expression();
        scanner.expect(']', "\"]\" after an index");
        scanner.open--;
        scanner.acrossLines = before;
        scanner.on(Math.max(height, scanner.height));
        return new Expression.Index(source, key, scanner.from(start));
    }

    private Expression term() {
        scanner.height = 0;
        char c = scanner.here();
        return switch (c) {
            case '"' -> templates.quoted();
            case '(' -> parenthesised();
            case '[' -> collections.tuple();
            case '{' -> collections.object();
            case '<' -> {
                if (scanner.next() != '<') {
                    throw scanner.unexpected("a value");
                }
                yield templates.heredoc();
            }
            default -> Characters.isDigit(c) ? Numbers.read(scanner) : named();
        };
    }

    private Expression parenthesised() {
        boolean before = scanner.acrossLines;
        scanner.open++;
        scanner.at++;
        scanner.acrossLines = true;
        var inner = expression();
        scanner.expect(')', "\")\"");
        scanner.open--;
        scanner.acrossLines = before;
        return inner;
    }

    private Expression named() {
        int start = scanner.at;
        var name = scanner.name("a value");
        int after = scanner.at;
        if (scanner.here() != '.') {
            while (scanner.at("::")) {
                scanner.at += 2;
                scanner.name("the rest of a function's name");
                name = scanner.source.name(start, scanner.at);
                after = scanner.at;
            }
            scanner.space();
            if (scanner.here() == '(') {
                return call(name, start);
            }
            if (name.indexOf(':') >= 0) {
                throw scanner.unexpected("\"(\" after a function's name");
            }
        }
        scanner.at = after;
        return switch (name) {
            case "true" -> new Literal(Value.TRUE, scanner.from(start));
            case "false" -> new Literal(Value.FALSE, scanner.from(start));
            case "null" -> new Literal(Value.ABSENT, scanner.from(start));
            default -> new Expression.Variable(name, scanner.from(start));
        };
    }

    private Expression call(String name, int start) {
        boolean before = scanner.acrossLines;
        scanner.open++;
        scanner.at++;
        scanner.acrossLines = true;
        List<Expression> arguments = new ArrayList<>(4);
        boolean expandLast = false;
        int height = 0;
        scanner.space();
        while (scanner.here() != ')' && !expandLast) {
            arguments.add(expression());
            height = Math.max(height, scanner.height);
            scanner.space();
            if (scanner.at("...")) {
                scanner.at += 3;
                expandLast = true;
            } else if (scanner.here() == ',') {
                scanner.at++;
                scanner.space();
            } else if (scanner.here() != ')') {
                throw scanner.unexpected("\",\" or \")\" in the arguments of " + name);
            }
        }
        scanner.expect(')', "\")\" after the arguments of " + name);
        scanner.open--;
        scanner.acrossLines = before;
        scanner.on(height);
        return new Expression.Call(name, arguments, expandLast, scanner.from(start));
    }
}
