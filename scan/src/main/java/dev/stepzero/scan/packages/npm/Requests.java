package dev.stepzero.scan.packages.npm;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@code package.json}, or the part of a lockfile that repeats it, asks for.
 *
 * @param text the version, the range or the place that is asked for
 * @param line where it stands
 */
record Requests(String text, Scope scope, int line) {
    private static final Map<String, Scope> GROUPS = groups();

    private static Map<String, Scope> groups() {
        var groups = new LinkedHashMap<String, Scope>();
        groups.put("devDependencies", Scope.DEVELOPMENT);
        groups.put("dependencies", Scope.RUNTIME);
        groups.put("optionalDependencies", Scope.OPTIONAL);
        return groups;
    }

    /** All requests of a package by the names that they give: where a name stands twice, npm takes the optional one. */
    static Map<String, Requests> of(Node manifest) {
        var requests = new LinkedHashMap<String, Requests>();
        GROUPS.forEach((group, scope) -> manifest.at(group)
                .entries()
                .forEach((name, text) -> requests.put(name, new Requests(text.text(), scope, text.line()))));
        return requests;
    }

    /** What a package in a lockfile asks for, with those that it wants its users to have. */
    static List<String> names(Node entry, String... groups) {
        return List.of(groups).stream()
                .flatMap(group -> entry.at(group).entries().keySet().stream())
                .distinct()
                .toList();
    }
}
