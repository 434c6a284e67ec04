package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows what a plan's configuration refers to, through the inputs and outputs of modules, to resources. */
final class References {
    private static final int DEEPEST = 32;
    private static final int MOST = 64;
    private static final Set<String> NO_RESOURCE = Set.of("each", "count", "path", "terraform", "self", "local");

    private final Value.Mapping root;
    private final Map<Sources, Set<Reference>> resolved = new HashMap<>();
    private final IdentityHashMap<Value.Text, Set<Reference>> known = new IdentityHashMap<>();

    /** What an expression in a module refers to. */
    private record Sources(String module, List<String> references) {}

    /** @param root the configuration of the root module */
    References(Value.Mapping root) {
        this.root = root;
    }

    static List<String> texts(Value.Mapping expression) {
        var texts = new ArrayList<String>();
        Look.items(expression.get("references"))
                .forEach(item -> Look.text(item.value()).ifPresent(texts::add));
        return texts;
    }

    /** What the references of an expression in a resource lead to. */
    Set<Reference> resolve(String address, List<String> references) {
        return resolved.computeIfAbsent(new Sources(Addresses.module(address), references), sources -> {
            var found = new LinkedHashSet<Reference>();
            resolve(sources.module(), references, found, 0);
            return found;
        });
    }

    /** Notes what a known text was taken from; each text of a plan is an object of its own. */
    Value.Text known(String address, List<String> references, Value.Text text) {
        if (references.isEmpty() || text.value().isEmpty()) {
            return text;
        }
        var found = resolve(address, references);
        if (!found.isEmpty()) {
            known.put(text, found);
        }
        return text;
    }

    /** What known texts were taken from, by the texts' identity. */
    IdentityHashMap<Value.Text, Set<Reference>> known() {
        return known;
    }

    private void resolve(String module, List<String> references, Set<Reference> found, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (var reference : references) {
            if (found.size() >= MOST || shorterOfTwo(reference, references)) {
                continue;
            }
            var parts = Addresses.parts(reference);
            switch (parts.getFirst()) {
                case "var" -> input(module, parts, found, depth);
                case "module" -> output(module, parts, found, depth);
                default -> {
                    if (!NO_RESOURCE.contains(parts.getFirst())) {
                        resource(module, parts, found);
                    }
                }
            }
        }
    }

    /** Terraform names the attribute, and then the resource once more. */
    private static boolean shorterOfTwo(String reference, List<String> references) {
        for (var other : references) {
            if (other.length() > reference.length()
                    && other.startsWith(reference)
                    && (other.charAt(reference.length()) == '.' || other.charAt(reference.length()) == '[')) {
                return true;
            }
        }
        return false;
    }

    private static void resource(String module, List<String> parts, Set<Reference> found) {
        int end = parts.getFirst().equals("data") ? 3 : 2;
        if (parts.size() >= end) {
            found.add(new Reference(
                    module + String.join(".", parts.subList(0, end)),
                    String.join(".", parts.subList(end, parts.size()))));
        }
    }

    /** A variable has what the call of its module gives. */
    private void input(String module, List<String> parts, Set<Reference> found, int depth) {
        if (module.isEmpty() || parts.size() < 2) {
            return;
        }
        var names = Addresses.parts(module.substring(0, module.length() - 1));
        var caller = module.substring(
                0, module.length() - "module..".length() - names.getLast().length());
        var call = call(configuration(caller), names.getLast());
        var given = Look.mapping(Look.mapping(call, "expressions"), Addresses.withoutKey(parts.get(1)));
        resolve(caller, texts(given), found, depth + 1);
    }

    private void output(String module, List<String> parts, Set<Reference> found, int depth) {
        if (parts.size() < 2) {
            return;
        }
        var called = Look.mapping(call(configuration(module), parts.get(1)), "module");
        var outputs = Look.mapping(called, "outputs");
        var inside = module + "module." + parts.get(1) + ".";
        if (parts.size() > 2) {
            var output = Look.mapping(outputs, Addresses.withoutKey(parts.get(2)));
            resolve(inside, texts(Look.mapping(output, "expression")), found, depth + 1);
        }
    }

    /** The configuration of the module with a path such as {@code module.a.module.b[0].}. */
    Value.Mapping configuration(String module) {
        var at = root;
        if (module.isEmpty()) {
            return at;
        }
        var names = Addresses.parts(module.substring(0, module.length() - 1));
        for (int i = 1; i < names.size(); i += 2) {
            at = Look.mapping(call(at, names.get(i)), "module");
        }
        return at;
    }

    private static Value.Mapping call(Value.Mapping configuration, String name) {
        return Look.mapping(Look.mapping(configuration, "module_calls"), Addresses.withoutKey(name));
    }
}
