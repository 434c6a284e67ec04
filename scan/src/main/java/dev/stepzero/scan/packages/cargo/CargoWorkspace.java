package dev.stepzero.scan.packages.cargo;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.Node;
import java.util.HashMap;
import java.util.Map;

/** The packages of the tree itself, by their {@code Cargo.toml}, and what each asks for. */
final class CargoWorkspace {
    private final Map<String, Map<String, Scope>> packages = new HashMap<>();
    private final Map<String, String> renamed = new HashMap<>();

    /** Takes a manifest; the workspace's own comes first, as the tree's files are in order. */
    void add(Node manifest) {
        manifest.at("workspace").at("dependencies").entries().forEach((name, dependency) -> {
            if (dependency.at("package").isText()) {
                renamed.put(name, dependency.at("package").text());
            }
        });
        var name = manifest.at("package").at("name").text();
        if (!name.isEmpty()) {
            var wanted = packages.computeIfAbsent(name, each -> new HashMap<>());
            CargoDependency.of(manifest)
                    .forEach(each -> wanted.merge(realName(each), each.scope(), (a, b) -> a.compareTo(b) <= 0 ? a : b));
        }
    }

    private String realName(CargoDependency dependency) {
        return dependency.ofWorkspace()
                ? renamed.getOrDefault(dependency.alias(), dependency.alias())
                : dependency.name();
    }

    /** Whether a package is one of the tree. */
    boolean has(String name) {
        return packages.containsKey(name);
    }

    /** What a package of the tree wants another for; in doubt to run. */
    Scope scope(String dependent, String dependency) {
        return packages.getOrDefault(dependent, Map.of()).getOrDefault(dependency, Scope.RUNTIME);
    }
}
