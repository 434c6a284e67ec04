package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one expression of a template's pieces: pairs its directives and joins neighbouring texts. */
final class TemplateTree {
    private final Scanner scanner;
    private final List<Piece> pieces;
    private final int start;
    private final Position position;
    private int at;
    private int deepest;

    TemplateTree(Scanner scanner, List<Piece> pieces, int start) {
        this.scanner = scanner;
        this.pieces = pieces;
        this.start = start;
        position = scanner.from(start);
    }

    Expression root() {
        if (pieces.size() == 1 && pieces.getFirst() instanceof Piece.Interpolation(var value, var where)) {
            return value;
        }
        var result = sequence(position, 1);
        if (at < pieces.size() && pieces.get(at) instanceof Piece.End end) {
            throw new Mistake("This \"" + end.keyword() + "\" ends nothing", end.offset());
        }
        scanner.on(scanner.height + 2 * deepest);
        return result;
    }

    /** The pieces up to the end of a directive, as text. */
    private Expression sequence(Position whole, int level) {
        deepest = Math.max(deepest, level);
        List<Expression> parts = new ArrayList<>();
        var text = new StringBuilder();
        Position textPosition = null;
        while (at < pieces.size()) {
            var piece = pieces.get(at);
            if (piece instanceof Piece.End) {
                break;
            }
            at++;
            if (piece instanceof Piece.Text(var value, var where)) {
                text.append(value);
                textPosition = textPosition == null ? where : spanning(textPosition, where);
                continue;
            }
            flush(parts, text, textPosition);
            textPosition = null;
            parts.add(part(piece, level));
        }
        if (parts.isEmpty()) {
            return new Expression.Literal(Value.of(text.toString()), whole);
        }
        flush(parts, text, textPosition);
        return new Expression.Template(parts, whole);
    }

    private static void flush(List<Expression> parts, StringBuilder text, @Nullable Position position) {
        if (!text.isEmpty() && position != null) {
            parts.add(new Expression.Literal(Value.of(text.toString()), position));
            text.setLength(0);
        }
    }

    private Expression part(Piece piece, int level) {
        return switch (piece) {
            case Piece.Interpolation(var value, var where) -> value;
            case Piece.If(var test, var where) -> conditional(test, where, level);
            case Piece.For(var head, var where) -> {
                scanner.deeper();
                var body = sequence(where, level + 1);
                var end = closing("endfor", "for");
                scanner.shallower();
                yield new Expression.TemplateFor(
                        head.key(), head.value(), head.collection(), body, spanning(where, end));
            }
            case Piece.Text(var value, var where) -> new Expression.Literal(Value.of(value), where);
            case Piece.End end -> throw new Mistake("This \"" + end.keyword() + "\" ends nothing", end.offset());
        };
    }

    private Expression conditional(Expression test, Position where, int level) {
        scanner.deeper();
        var then = sequence(where, level + 1);
        Expression otherwise = new Expression.Literal(Value.of(""), where);
        if (at < pieces.size()
                && pieces.get(at) instanceof Piece.End end
                && end.keyword().equals("else")) {
            at++;
            otherwise = sequence(end.position(), level + 1);
        }
        var last = closing("endif", "if");
        scanner.shallower();
        return new Expression.Conditional(test, then, otherwise, spanning(where, last));
    }

    private Position closing(String keyword, String opening) {
        if (at >= pieces.size()) {
            throw new Mistake("The directive \"" + opening + "\" has no \"" + keyword + "\"", start);
        }
        if (pieces.get(at) instanceof Piece.End end && end.keyword().equals(keyword)) {
            at++;
            return end.position();
        }
        throw new Mistake("The directive \"" + opening + "\" has no \"" + keyword + "\"", start);
    }

    private static Position spanning(Position first, Position last) {
        if (first.endLine() == last.endLine()) {
            return first;
        }
        return new Position(first.file(), first.line(), first.column(), last.endLine());
    }
}
