package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Body;
import dev.stepzero.scan.terraform.hcl.HclParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that a root module is given, in Terraform's order: the later wins. */
final class VariableFiles {
    private static final String ENVIRONMENT = "TF_VAR_";

    private VariableFiles() {}

    static boolean isTaken(String name) {
        return name.equals("terraform.tfvars")
                || name.equals("terraform.tfvars.json")
                || name.endsWith(".auto.tfvars")
                || name.endsWith(".auto.tfvars.json");
    }

    /** Names of files of one directory, the one that wins last. */
    static List<String> ordered(Iterable<String> names) {
        var ordered = new ArrayList<String>();
        names.forEach(ordered::add);
        ordered.sort((one, other) -> {
            int byKind = Integer.compare(kind(one), kind(other));
            return byKind != 0 ? byKind : one.compareTo(other);
        });
        return ordered;
    }

    private static int kind(String name) {
        return switch (name) {
            case "terraform.tfvars" -> 0;
            case "terraform.tfvars.json" -> 1;
            default -> 2;
        };
    }

    static Map<String, Value> values(
            Map<String, String> environment, Module root, List<Body> files, Expressions expressions) {
        var scope = Scope.of(NoNames.HERE);
        var values = new HashMap<String, Value>();
        for (var name : root.variables().keySet()) {
            var text = environment.get(ENVIRONMENT + name);
            if (text != null) {
                values.put(name, ofText(text, root.variables().get(name), name, expressions, scope));
            }
        }
        for (var file : files) {
            for (var attribute : file.attributes()) {
                values.put(attribute.name(), expressions.evaluate(attribute.value(), scope));
            }
        }
        return values;
    }

    /** Text itself for a simple type, an expression for any other. */
    private static Value ofText(String text, Body.Block variable, String name, Expressions expressions, Scope scope) {
        var type = Syntax.attribute(variable.body(), "type").map(each -> TypeConstraint.of(each.value()));
        return type.isEmpty() || type.get() instanceof TypeConstraint.Primitive
                ? Value.of(text)
                : expressions.evaluate(HclParser.expression("environment variable " + ENVIRONMENT + name, text), scope);
    }
}
