package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import java.util.List;

/** Reads templates: quoted, heredocs, and those that are a whole text. */
final class TemplateParser {
    private final Scanner scanner;
    private final ExpressionParser expressions;
    private final CollectionParser collections;

    TemplateParser(Scanner scanner, ExpressionParser expressions) {
        this.scanner = scanner;
        this.expressions = expressions;
        collections = new CollectionParser(scanner, expressions);
    }

    Expression quoted() {
        int start = scanner.at;
        int plain = plainEnd(start + 1);
        if (plain >= 0) {
            scanner.at = plain + 1;
            scanner.height = 0;
            return new Expression.Literal(Value.of(scanner.source.text(start + 1, plain)), scanner.from(start));
        }
        scanner.at = start + 1;
        return tree(new PieceReader(scanner, expressions, collections).quoted(start), start);
    }

    Expression heredoc() {
        int start = scanner.at;
        boolean flush = scanner.at("<<-");
        scanner.at += flush ? 3 : 2;
        int marker = scanner.at;
        scanner.name("the name of a heredoc");
        int markerEnd = scanner.at;
        while (scanner.here() == ' ' || scanner.here() == '\t' || scanner.here() == '\r') {
            scanner.at++;
        }
        if (scanner.here() != '\n') {
            throw scanner.unexpected("the end of the line after the name of a heredoc");
        }
        int close = Heredoc.endOf(scanner, scanner.at, marker, markerEnd);
        if (close < 0) {
            throw new Mistake("No line \"" + scanner.source.name(marker, markerEnd) + "\" ends the heredoc", start);
        }
        scanner.at++;
        int open = scanner.open;
        try {
            var pieces = new PieceReader(scanner, expressions, collections).heredoc(start, marker, markerEnd);
            return tree(flush ? Indentation.removed(pieces) : pieces, start);
        } catch (Mistake mistake) {
            // What is wrong inside has no say in where reading goes on: after the whole heredoc.
            scanner.at = Math.max(scanner.at, close);
            scanner.open = open;
            throw mistake;
        }
    }

    /** All of the text. */
    Expression bare() {
        return tree(new PieceReader(scanner, expressions, collections).bare(), 0);
    }

    private Expression tree(List<Piece> pieces, int start) {
        return new TemplateTree(scanner, pieces, start).root();
    }

    /** Where the closing quote stands, if everything before it stands for itself; -1 otherwise. */
    private int plainEnd(int start) {
        var text = scanner.text;
        int at = start;
        while (true) {
            char c = text[at];
            if (c == '"') {
                return at;
            }
            if (c == '\\' || (c < ' ' && c != '\t') || c >= 0xD800 || ((c == '$' || c == '%') && text[at + 1] == '{')) {
                return -1;
            }
            at++;
        }
    }
}
