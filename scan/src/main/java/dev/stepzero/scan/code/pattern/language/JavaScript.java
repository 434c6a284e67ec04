package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Grammar;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** JavaScript, with JSX, and TypeScript. */
final class JavaScript implements Language {
    private static final Pattern NEW_OF_PACKAGE = Pattern.compile("\\bnew (require\\(\"[^\"]+\"\\)(?:\\.\\w+)*)");

    private static final Pattern PART_OF_LODASH = Pattern.compile("lodash(?:-es)?(?:/fp)?(?:/(\\w+)(?:\\.js)?)?");

    @Override
    public String name() {
        return "javascript";
    }

    @Override
    public Optional<Grammar> grammar(String path) {
        if (path.endsWith(".d.ts")) {
            return Optional.empty();
        }
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "js", "mjs", "cjs", "jsx" -> Optional.of(Grammar.JAVASCRIPT);
            case "ts", "mts", "cts" -> Optional.of(Grammar.TYPESCRIPT);
            case "tsx" -> Optional.of(Grammar.TSX);
            default -> Optional.empty();
        };
    }

    @Override
    public boolean isBegunBy(String firstLine) {
        return firstLine.matches("#!.*\\b(?:node|deno|bun)\\b.*");
    }

    /** The one that reads all of them. */
    @Override
    public Grammar patterns() {
        return Grammar.TSX;
    }

    @Override
    public List<String> readable(String pattern) {
        // By the grammar, new require("pg").Pool() would make a require.
        var text = NEW_OF_PACKAGE.matcher(pattern).replaceAll("new ($1)");
        var named =
                Holes.named(text, REST, c -> Character.isJavaIdentifierStart(c) || c == '[' || c == '{' || c == '(');
        var ways = new ArrayList<String>();
        // An object at the beginning of a statement would be a block.
        if (named.startsWith("{")) {
            ways.add("(" + named + ")");
        }
        ways.add(named);
        ways.add("(" + named + ")");
        ways.add("class " + REST + " { " + named + " }");
        return ways;
    }

    @Override
    public Node neutral(SyntaxTree tree) {
        return new JavaScriptLowering(tree).root();
    }

    /**
     * In quotes, so that it is no variable that is called the same. A function of lodash may come out of a file of its own.
     */
    @Override
    public String canonical(String imported) {
        var part = PART_OF_LODASH.matcher(imported);
        return part.matches()
                ? "\"lodash\"" + (part.group(1) == null ? "" : "." + part.group(1))
                : "\"" + imported.replaceFirst("^node:", "") + "\"";
    }

    @Override
    public String localName(String imported) {
        return imported.substring(imported.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDeclaration(Node assignment) {
        return assignment.type().equals("variable_declarator");
    }

    @Override
    public Optional<String> loaded(Node call) {
        if (!call.is(Kind.CALL) || call.children().size() < 2 || !call.child(1).is(Kind.TEXT)) {
            return Optional.empty();
        }
        var callee = call.child(0);
        return callee.is(Kind.NAME)
                        && (callee.value().equals("require") || callee.value().equals("import"))
                ? Optional.of(call.child(1).value())
                : Optional.empty();
    }
}
