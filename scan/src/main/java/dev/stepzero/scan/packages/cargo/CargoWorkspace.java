package dev.stepzero.scan.packages.cargo;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
            tables(manifest).forEach(table -> take(table, wanted));
        }
    }

    static boolean asksForAnything(Node manifest) {
        return tables(manifest).stream()
                .anyMatch(table -> !table.at("dependencies").entries().isEmpty()
                        || !table.at("build-dependencies").entries().isEmpty()
                        || !table.at("dev-dependencies").entries().isEmpty());
    }

    /** The manifest itself, and what it has for single platforms. */
    private static List<Node> tables(Node manifest) {
        var tables = new ArrayList<Node>(List.of(manifest));
        tables.addAll(manifest.at("target").entries().values());
        return tables;
    }

    private void take(Node table, Map<String, Scope> wanted) {
        for (var kind : List.of("dependencies", "build-dependencies", "dev-dependencies")) {
            table.at(kind).entries().forEach((name, dependency) -> {
                var scope = !kind.equals("dependencies")
                        ? Scope.DEVELOPMENT
                        : dependency.at("optional").isTrue() ? Scope.OPTIONAL : Scope.RUNTIME;
                wanted.merge(realName(name, dependency), scope, (a, b) -> a.compareTo(b) <= 0 ? a : b);
            });
        }
    }

    private String realName(String name, Node dependency) {
        if (dependency.at("package").isText()) {
            return dependency.at("package").text();
        }
        return dependency.at("workspace").isTrue() ? renamed.getOrDefault(name, name) : name;
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
