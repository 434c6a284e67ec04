package dev.stepzero.scan.terraform.hcl;

import java.util.ArrayList;
import java.util.List;

/** Reads a template piece by piece, and strips the blanks that {@code ~} asks to be stripped. */
final class PieceReader {
    private final Scanner scanner;
    private final ExpressionParser expressions;
    private final CollectionParser collections;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int literalStart;
    private boolean strip;
    private int height;

    PieceReader(Scanner scanner, ExpressionParser expressions, CollectionParser collections) {
        this.scanner = scanner;
        this.expressions = expressions;
        this.collections = collections;
    }

    /** Up to and with the closing quote. */
    List<Piece> quoted(int start) {
        literalStart = scanner.at;
        while (true) {
            char c = scanner.here();
            if (c == '"') {
                endLiteral();
                scanner.at++;
                return done();
            }
            if (c == '\n' || c == '\r' || scanner.atEnd()) {
                throw new Mistake("The text is not closed on its line", start);
            }
            if (c == '\\') {
                Escapes.read(scanner, literal);
            } else {
                character();
            }
        }
    }

    /** Up to and with the line that holds the marker. */
    List<Piece> heredoc(int start, int marker, int markerEnd) {
        literalStart = scanner.at;
        boolean lineStart = true;
        while (true) {
            if (lineStart) {
                int close = Heredoc.closing(scanner, scanner.at, marker, markerEnd);
                if (close >= 0) {
                    scanner.at = close;
                    return done();
                }
            }
            if (scanner.atEnd()) {
                throw new Mistake("The heredoc is not closed", start);
            }
            lineStart = scanner.here() == '\n';
            character();
            if (lineStart) {
                endLiteral();
            }
        }
    }

    /** Up to the end of the text. */
    List<Piece> bare() {
        while (!scanner.atEnd()) {
            character();
        }
        endLiteral();
        return done();
    }

    private List<Piece> done() {
        scanner.height = height;
        return pieces;
    }

    private void character() {
        char c = scanner.here();
        if (c == '$' || c == '%') {
            if (scanner.next() == '{') {
                endLiteral();
                sequence(c);
                literalStart = scanner.at;
                return;
            }
            if (scanner.next() == c && scanner.at + 2 < scanner.end && scanner.text[scanner.at + 2] == '{') {
                literal.append(c).append('{');
                scanner.at += 3;
                return;
            }
        }
        if (Characters.isForeign(scanner.text, scanner.at, scanner.end)) {
            throw new Mistake("U+%04X is no character of a text".formatted((int) c), scanner.at);
        }
        literal.append(c);
        scanner.at++;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            var text = literal.toString();
            literal.setLength(0);
            add(new Piece.Text(strip ? text.stripLeading() : text, scanner.from(literalStart)));
        }
        literalStart = scanner.at;
    }

    private void add(Piece piece) {
        pieces.add(piece);
        strip = false;
    }

    /** <code>${ … }</code> or <code>%{ … }</code>. */
    private void sequence(char kind) {
        int start = scanner.at;
        boolean before = scanner.acrossLines;
        scanner.open++;
        scanner.at += 2;
        if (scanner.here() == '~') {
            scanner.at++;
            if (!pieces.isEmpty() && pieces.getLast() instanceof Piece.Text(var text, var position)) {
                pieces.set(pieces.size() - 1, new Piece.Text(text.stripTrailing(), position));
            }
        }
        scanner.acrossLines = true;
        scanner.space();
        var piece =
                kind == '$' ? new Piece.Interpolation(expressions.expression(), scanner.from(start)) : directive(start);
        height = Math.max(height, scanner.height);
        scanner.space();
        boolean stripNext = scanner.here() == '~';
        scanner.at += stripNext ? 1 : 0;
        scanner.expect('}', "\"}\" at the end of an interpolation or directive");
        scanner.open--;
        scanner.acrossLines = before;
        add(piece);
        strip = stripNext;
    }

    private Piece directive(int start) {
        scanner.height = 0;
        if (scanner.atKeyword("if")) {
            scanner.at += 2;
            return new Piece.If(expressions.expression(), scanner.from(start));
        }
        if (scanner.atKeyword("for")) {
            return new Piece.For(collections.forHead(), scanner.from(start));
        }
        var keyword = scanner.name("\"if\", \"else\", \"endif\", \"for\" or \"endfor\"");
        return switch (keyword) {
            case "else", "endif", "endfor" -> new Piece.End(keyword, start, scanner.from(start));
            default -> throw new Mistake("There is no directive \"" + keyword + "\"", start);
        };
    }
}
