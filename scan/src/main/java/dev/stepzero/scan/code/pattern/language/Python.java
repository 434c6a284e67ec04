package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Grammar;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Python 3, and of Python 2 what its grammar still takes. */
final class Python implements Language {
    private static final Set<String> LOADERS = Set.of("__import__", "import_module");

    @Override
    public String name() {
        return "python";
    }

    @Override
    public Optional<Grammar> grammar(String path) {
        return path.endsWith(".py") || path.endsWith(".pyw") || path.endsWith(".pyi")
                ? Optional.of(Grammar.PYTHON)
                : Optional.empty();
    }

    @Override
    public boolean isBegunBy(String firstLine) {
        return firstLine.matches("#!.*\\bpython[0-9.]*\\b.*");
    }

    @Override
    public Grammar patterns() {
        return Grammar.PYTHON;
    }

    @Override
    public List<String> readable(String pattern) {
        return List.of(
                Holes.named(pattern, REST, _ -> false),
                Holes.named(pattern, "**" + REST, _ -> false),
                // A decorator or a signature alone.
                Holes.named(pattern, REST, _ -> false) + "\n    pass\n",
                Holes.named(pattern, REST, _ -> false) + "\ndef " + REST + "(" + REST + "): pass\n");
    }

    @Override
    public Node neutral(SyntaxTree tree) {
        return new PythonLowering(tree).root();
    }

    @Override
    public String canonical(String imported) {
        return imported;
    }

    @Override
    public String localName(String imported) {
        return imported.substring(imported.lastIndexOf('.') + 1);
    }

    /** A function's variables are its own unless it says otherwise. */
    @Override
    public boolean isDeclaration(Node assignment) {
        return true;
    }

    @Override
    public Optional<String> loaded(Node call) {
        return call.is(Kind.CALL)
                        && call.children().size() == 2
                        && call.child(1).is(Kind.TEXT)
                        && LOADERS.contains(call.lastName())
                ? Optional.of(call.child(1).value())
                : Optional.empty();
    }
}
