package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression.ObjectOf.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tuples, objects, and the {@code for} expressions that make them. */
final class CollectionParser {
    private final Scanner scanner;
    private final ExpressionParser expressions;

    CollectionParser(Scanner scanner, ExpressionParser expressions) {
        this.scanner = scanner;
        this.expressions = expressions;
    }

    Expression tuple() {
        int start = scanner.at;
        boolean before = scanner.acrossLines;
        scanner.open++;
        scanner.at++;
        scanner.acrossLines = true;
        scanner.space();
        var result = atFor() ? forTuple(start) : new Expression.Tuple(items(), scanner.from(start));
        scanner.open--;
        scanner.acrossLines = before;
        return result;
    }

    private List<Expression> items() {
        List<Expression> items = new ArrayList<>(4);
        int height = 0;
        while (scanner.here() != ']') {
            items.add(expressions.expression());
            height = Math.max(height, scanner.height);
            scanner.space();
            if (scanner.here() == ',') {
                scanner.at++;
                scanner.space();
            } else if (scanner.here() != ']') {
                throw scanner.unexpected("\",\" or \"]\" in a list");
            }
        }
        scanner.at++;
        scanner.on(height);
        return items;
    }

    Expression object() {
        int start = scanner.at;
        boolean before = scanner.acrossLines;
        scanner.open++;
        scanner.at++;
        scanner.spaceAndLines();
        Expression result;
        if (atFor()) {
            scanner.acrossLines = true;
            result = forObject(start);
        } else {
            scanner.acrossLines = false;
            result = new Expression.ObjectOf(entries(), scanner.from(start));
        }
        scanner.open--;
        scanner.acrossLines = before;
        return result;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(4);
        int height = 0;
        while (scanner.here() != '}') {
            var key = key();
            height = Math.max(height, scanner.height);
            scanner.space();
            if (scanner.here() != '=' && scanner.here() != ':') {
                throw scanner.unexpected("\"=\" or \":\" after a key");
            }
            scanner.at++;
            entries.add(new Entry(key, expressions.expression()));
            height = Math.max(height, scanner.height);
            scanner.space();
            char c = scanner.here();
            if (c == ',') {
                scanner.at++;
            } else if (c != '\n' && c != '}') {
                throw scanner.unexpected("\",\", a new line or \"}\" in an object");
            }
            scanner.spaceAndLines();
        }
        scanner.at++;
        scanner.on(height);
        return entries;
    }

    /** A bare name is a text, whatever else it would mean as a value. */
    private Expression key() {
        int start = scanner.at;
        int after = Characters.nameEnd(scanner.text, start, scanner.end);
        if (after > start) {
            var name = scanner.source.name(start, after);
            scanner.at = after;
            var position = scanner.from(start);
            scanner.space();
            char c = scanner.here();
            if ((c == '=' || c == ':') && scanner.next() != c) {
                scanner.height = 0;
                return new Expression.Literal(Value.of(name), position);
            }
            scanner.at = start;
        }
        return expressions.expression();
    }

    /** {@code for} may be a key too, which no name follows. */
    private boolean atFor() {
        if (!scanner.atKeyword("for")) {
            return false;
        }
        int start = scanner.at;
        scanner.at += 3;
        scanner.spaceAndLines();
        boolean named = Characters.beginsName(scanner.text, scanner.at, scanner.end);
        scanner.at = start;
        return named;
    }

    private Expression forTuple(int start) {
        var head = forHead();
        scanner.expect(':', "\":\" after the collection of a for expression");
        var result = expressions.expression();
        int height = Math.max(head.height, scanner.height);
        var condition = condition();
        scanner.expect(']', "\"]\" after a for expression");
        scanner.on(Math.max(height, scanner.height));
        var position = scanner.from(start);
        return new Expression.For(head.key, head.value, head.collection, null, result, condition, false, position);
    }

    private Expression forObject(int start) {
        var head = forHead();
        scanner.expect(':', "\":\" after the collection of a for expression");
        var key = expressions.expression();
        int height = Math.max(head.height, scanner.height);
        scanner.space();
        if (!scanner.at("=>")) {
            throw scanner.unexpected("\"=>\" after the key of a for expression");
        }
        scanner.at += 2;
        var result = expressions.expression();
        height = Math.max(height, scanner.height);
        scanner.space();
        boolean grouping = scanner.at("...");
        scanner.at += grouping ? 3 : 0;
        var condition = condition();
        scanner.expect('}', "\"}\" after a for expression");
        scanner.on(Math.max(height, scanner.height));
        var position = scanner.from(start);
        return new Expression.For(head.key, head.value, head.collection, key, result, condition, grouping, position);
    }

    private @Nullable Expression condition() {
        scanner.space();
        if (!scanner.atKeyword("if")) {
            scanner.height = 0;
            return null;
        }
        scanner.at += 2;
        return expressions.expression();
    }

    /** {@code for k, v in collection}, in brackets and in templates. */
    Head forHead() {
        scanner.at += 3;
        scanner.space();
        var value = scanner.name("a name after \"for\"");
        String key = null;
        scanner.space();
        if (scanner.here() == ',') {
            scanner.at++;
            scanner.space();
            key = value;
            value = scanner.name("a second name");
            scanner.space();
        }
        if (!scanner.atKeyword("in")) {
            throw scanner.unexpected("\"in\"");
        }
        scanner.at += 2;
        return new Head(key, value, expressions.expression(), scanner.height);
    }

    record Head(@Nullable String key, String value, Expression collection, int height) {}
}
