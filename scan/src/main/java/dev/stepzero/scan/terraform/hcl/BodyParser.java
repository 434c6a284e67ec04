package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression.Broken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads attributes and blocks, and goes on after the ones that are wrong. */
final class BodyParser {
    private final Scanner scanner;
    private final Problems problems;
    private final ExpressionParser expressions;
    private final Recovery recovery;
    private final boolean byLayout;
    private boolean leftOpen;

    /** @param byLayout whether a block also ends where the text is no longer indented as its inside must be */
    BodyParser(Scanner scanner, Problems problems, boolean byLayout) {
        this.scanner = scanner;
        this.problems = problems;
        this.byLayout = byLayout;
        expressions = new ExpressionParser(scanner);
        recovery = new Recovery(scanner);
    }

    /** Whether a block reached to the end of the file because it has no closing brace. */
    boolean leftOpen() {
        return leftOpen;
    }

    Body file() {
        if (scanner.here() == '\uFEFF') {
            scanner.at++;
        }
        int start = scanner.at;
        var items = new Items();
        while (more()) {
            if (scanner.here() == '}') {
                problems.add("This brace closes nothing", scanner.source.position(scanner.at, scanner.at + 1));
                scanner.at++;
            } else {
                item(items);
            }
        }
        return new Body(items.attributes, items.blocks, scanner.from(start));
    }

    /** Moves to the next item or closing brace, past comments that are never closed. */
    private boolean more() {
        while (!problems.enough()) {
            try {
                scanner.spaceAndLines();
                return !scanner.atEnd();
            } catch (Mistake unclosed) {
                problems.add(unclosed.what(), scanner.source.position(unclosed.offset(), unclosed.offset() + 2));
                recovery.resume(0, unclosed.offset());
            }
        }
        scanner.at = scanner.end;
        return false;
    }

    private void item(Items items) {
        int start = scanner.at;
        int open = scanner.open;
        int depth = scanner.depth();
        var name = "";
        boolean attribute = false;
        scanner.acrossLines = false;
        try {
            name = scanner.name("the name of an attribute or block");
            scanner.space();
            attribute = scanner.here() == '=' && scanner.next() != '=';
            if (attribute) {
                scanner.at++;
                items.add(attribute(name, start));
            } else {
                items.blocks.add(block(name, start));
            }
        } catch (Mistake mistake) {
            int brackets = scanner.open - open;
            scanner.open = open;
            scanner.backToDepth(depth);
            scanner.acrossLines = false;
            var where = scanner.source.position(mistake.offset(), mistake.offset());
            problems.add(mistake.what(), where);
            if (attribute) {
                var whole = scanner.source.position(start, Math.max(start, mistake.offset()));
                items.add(new Body.Attribute(name, new Broken(mistake.what(), where), whole));
            }
            recovery.resume(brackets, start);
        }
    }

    private Body.Attribute attribute(String name, int start) {
        var value = expressions.expression();
        var position = scanner.from(start);
        lineEnd("a new line after the value of \"" + name + "\"");
        return new Body.Attribute(name, value, position);
    }

    private void lineEnd(String expected) {
        scanner.space();
        char c = scanner.here();
        if (c != '\n' && c != '}' && !scanner.atEnd()) {
            throw scanner.unexpected(expected);
        }
    }

    private Body.Block block(String type, int start) {
        List<String> labels = List.of();
        while (scanner.here() != '{') {
            if (labels.isEmpty()) {
                labels = new ArrayList<>(2);
            }
            labels.add(label());
            scanner.space();
        }
        scanner.deeper();
        int brace = scanner.at++;
        var items = new Items();
        boolean closed = inside(items, start);
        var body = new Body(items.attributes, items.blocks, scanner.from(brace));
        scanner.shallower();
        var block = new Body.Block(type, labels, body, scanner.from(start));
        if (!closed) {
            problems.add("The block \"" + type + "\" is not closed", scanner.source.position(start, brace + 1));
        }
        return block;
    }

    private String label() {
        if (scanner.here() != '"') {
            return scanner.name("\"=\", a label or \"{\"");
        }
        int start = scanner.at;
        if (expressions.templates().quoted() instanceof Expression.Literal(var value, var position)
                && value instanceof Value.Text text) {
            return text.value();
        }
        throw new Mistake("A label is a plain text without interpolation", start);
    }

    /** Whether the closing brace was there. */
    private boolean inside(Items items, int header) {
        int outer = byLayout ? scanner.source.columnsBefore(header) : -1;
        boolean indented = false;
        while (more()) {
            boolean ownLine = byLayout && scanner.source.beginsLine(scanner.at);
            int columns = ownLine ? scanner.source.columnsBefore(scanner.at) : Integer.MAX_VALUE;
            if (scanner.here() == '}') {
                if (columns < outer) {
                    return false;
                }
                scanner.at++;
                afterBlock();
                return true;
            }
            if (indented && columns <= outer) {
                return false;
            }
            indented |= ownLine && columns > outer;
            item(items);
        }
        leftOpen = true;
        return problems.enough();
    }

    private void afterBlock() {
        int after = scanner.at;
        scanner.acrossLines = false;
        try {
            lineEnd("a new line after the block");
        } catch (Mistake mistake) {
            problems.add(mistake.what(), scanner.source.position(mistake.offset(), mistake.offset()));
        }
        scanner.at = after;
    }

    /** The inside of a body while it is read. */
    private final class Items {
        private final List<Body.Attribute> attributes = new ArrayList<>();
        private final List<Body.Block> blocks = new ArrayList<>(0);
        private final Set<String> names = new HashSet<>();

        void add(Body.Attribute attribute) {
            if (names.add(attribute.name())) {
                attributes.add(attribute);
            } else {
                problems.add("\"" + attribute.name() + "\" is set twice; the first counts", attribute.position());
            }
        }
    }
}
