package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import java.util.ArrayList;
import java.util.List;

/** What a module imports. */
final class PythonModules extends Construct {
    PythonModules(Lowering whole) {
        super(whole);
    }

    Node imports(int node) {
        int module = field(node, "module_name");
        var prefix = module < 0 ? "" : tree.text(module);
        var made = new ArrayList<Node>();
        for (var each : fields(node, "name")) {
            boolean hasAlias = tree.kind(each).equals("aliased_import");
            var name = hasAlias ? text(field(each, "name")) : tree.text(each);
            if (module >= 0) {
                var local = hasAlias ? text(field(each, "alias")) : name;
                made.add(node(Kind.IMPORT, each, prefix + "." + name).declare(local));
            } else {
                made.add(
                        hasAlias
                                ? node(Kind.IMPORT, each, name).declare(text(field(each, "alias")))
                                : new Node(Kind.IMPORT, Language.PACKAGE, name, List.of(), tree.span(each))
                                        .declare(name.replaceFirst("[.].*", "")));
            }
        }
        if (kind(node, "wildcard_import") >= 0) {
            made.add(node(Kind.IMPORT, node, prefix + ".*").declare("*"));
        }
        return made.size() == 1 ? made.getFirst() : several(node, made);
    }
}
