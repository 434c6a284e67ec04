package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;

/**
 * Reads HCL's native syntax. Nothing makes it fail: a mistake becomes a problem with its place, and all around it is
 * read as if it were not there.
 *
 * @see <a href="https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md">the specification</a>
 */
public final class HclParser {
    private HclParser() {}

    /**
     * A whole file, {@code .tf} or {@code .tfvars}.
     *
     * @param file its path, for positions
     */
    public static ParsedFile parse(String file, String text) {
        return parse(Source.of(file, text));
    }

    /**
     * A whole file that stands for something else.
     *
     * @param position where that stands
     */
    public static ParsedFile parse(Position position, String text) {
        return parse(Source.within(position, text));
    }

    private static ParsedFile parse(Source source) {
        var problems = new Problems();
        var parser = new BodyParser(new Scanner(source), problems, false);
        var body = parser.file();
        if (parser.leftOpen()) {
            // Somewhere a brace is missing, so braces cannot tell which block is whose; the layout mostly can.
            problems = new Problems();
            body = new BodyParser(new Scanner(source), problems, true).file();
        }
        return new ParsedFile(body, problems.found());
    }

    /** One expression; {@link Expression.Broken} if it is none. */
    public static Expression expression(String file, String text) {
        return expression(Source.of(file, text));
    }

    /**
     * One expression in the value of something else.
     *
     * @param position where that stands
     */
    public static Expression expression(Position position, String text) {
        return expression(Source.within(position, text));
    }

    /** A template without quotes around it, as in a file for {@code templatefile}. */
    public static Expression template(String file, String text) {
        return template(Source.of(file, text));
    }

    /**
     * A template in the value of something else.
     *
     * @param position where that stands
     */
    public static Expression template(Position position, String text) {
        return template(Source.within(position, text));
    }

    private static Expression template(Source source) {
        var scanner = new Scanner(source);
        try {
            return new ExpressionParser(scanner).templates().bare();
        } catch (Mistake mistake) {
            return broken(source, mistake);
        }
    }

    private static Expression expression(Source source) {
        var scanner = new Scanner(source);
        scanner.acrossLines = true;
        try {
            var expression = new ExpressionParser(scanner).expression();
            scanner.space();
            if (!scanner.atEnd()) {
                throw scanner.unexpected("the end of the expression");
            }
            return expression;
        } catch (Mistake mistake) {
            return broken(source, mistake);
        }
    }

    private static Expression broken(Source source, Mistake mistake) {
        return new Expression.Broken(mistake.what(), source.position(mistake.offset(), mistake.offset()));
    }
}
