package dev.stepzero.scan.github;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.List;

/** The expressions between <code>${{</code> and <code>}}</code> in a text, without the braces. */
final class Expressions {
    private static final String OPEN = "${{";

    private Expressions() {}

    /** Adds those of a value; the place is the line where each stands, as far as the text keeps its lines. */
    static void find(Located located, List<Located> into) {
        var text = Look.text(located.value()).orElse("");
        var whole = located.position();
        int line = 0;
        int counted = 0;
        int at = text.indexOf(OPEN);
        while (at >= 0) {
            int end = text.indexOf("}}", at);
            if (end < 0) {
                return;
            }
            for (; counted < at; counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            var expression = text.substring(at + OPEN.length(), end).strip();
            into.add(new Located(Value.of(expression), position(whole, text, line)));
            at = text.indexOf(OPEN, end);
        }
    }

    /** A text of one line stands where its key does; the lines of a block begin below it. */
    private static Position position(Position whole, String text, int line) {
        if (text.indexOf('\n') < 0) {
            return whole;
        }
        int at = Math.min(whole.line() + 1 + line, whole.endLine());
        return new Position(whole.file(), at, 1, at);
    }
}
