package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** What a module imports and exports. */
final class JavaScriptModules extends Construct {
    private final JavaScriptFunctions functions;

    JavaScriptModules(Lowering whole, JavaScriptFunctions functions) {
        super(whole);
        this.functions = functions;
    }

    Node imports(int node) {
        int source = field(node, "source");
        var made = new ArrayList<Node>();
        int required = kind(node, "import_require_clause");
        if (required >= 0) {
            var module = in(required, "source").value();
            return node(Kind.IMPORT, node, module).declare(text(kind(required, "identifier")));
        }
        var module = source < 0 ? "" : of(source).value();
        int clause = kind(node, "import_clause");
        if (clause >= 0) {
            for (var each : named(clause)) {
                switch (tree.kind(each)) {
                    case "identifier" ->
                        made.add(node(Kind.IMPORT, each, module).declare(tree.text(each)));
                    case "namespace_import" ->
                        made.add(node(Kind.IMPORT, each, module).declare(text(kind(each, "identifier"))));
                    default -> specifiers(each, module, made);
                }
            }
        }
        return made.isEmpty() ? node(Kind.IMPORT, node, module) : several(node, made);
    }

    private void specifiers(int node, String module, List<Node> made) {
        for (var each : named(node)) {
            int alias = field(each, "alias");
            var name = text(field(each, "name")).replaceAll("^[\"']|[\"']$", "");
            made.add(new Node(Kind.IMPORT, Language.PART, module, List.of(node(Kind.TEXT, each, name)), tree.span(each))
                    .declare(alias < 0 ? name : tree.text(alias)));
        }
    }

    Node export(int node) {
        int declaration = field(node, "declaration");
        int value = field(node, "value");
        var decorators = functions.decorators(node);
        if (declaration < 0 && value < 0) {
            return node(Kind.OTHER, node, "");
        }
        var made = of(declaration < 0 ? value : declaration);
        return made.is(Kind.CLASS) && !decorators.isEmpty() ? JavaScriptClasses.decorated(made, decorators) : made;
    }
}
