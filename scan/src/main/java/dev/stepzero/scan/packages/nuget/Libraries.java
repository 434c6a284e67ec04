package dev.stepzero.scan.packages.nuget;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What {@code project.assets.json} and {@code *.deps.json} have in common: libraries, each {@code name/version}, and for
 * each framework what each of them asks for. Libraries that are projects are the tree's own; what they ask for is direct.
 */
final class Libraries {
    private final String path;
    private final Node root;
    private final Set<String> direct;
    private final Map<String, PackageUrl> packages = new HashMap<>();

    private Libraries(String path, Node root, Set<String> direct) {
        this.path = path;
        this.root = root;
        this.direct = direct;
        root.at("libraries").entries().forEach((key, library) -> {
            int slash = key.indexOf('/');
            if (slash > 0 && slash < key.length() - 1 && !isProject(library)) {
                packages.put(key(key), PackageUrl.of("nuget", "", key.substring(0, slash), key.substring(slash + 1)));
            }
        });
    }

    /** What NuGet found when it restored a project; the project itself tells what it asks for. */
    static Libraries ofRestore(String path, Node root) {
        var direct = new HashSet<String>();
        root.at("project")
                .at("frameworks")
                .entries()
                .values()
                .forEach(framework ->
                        framework.at("dependencies").entries().keySet().forEach(name -> direct.add(key(name))));
        return new Libraries(path, root, direct);
    }

    /** What a program was built with; the program is a library itself. */
    static Libraries ofBuild(String path, Node root) {
        var direct = new HashSet<String>();
        root.at("targets")
                .entries()
                .values()
                .forEach(target -> target.entries().forEach((key, library) -> {
                    if (isProject(root.at("libraries").at(key))) {
                        library.at("dependencies").entries().keySet().forEach(name -> direct.add(key(name)));
                    }
                }));
        return new Libraries(path, root, direct);
    }

    Libraries addTo(Inventory.Collector collector) {
        root.at("libraries").entries().forEach((key, library) -> {
            var purl = packages.get(key(key));
            if (purl != null) {
                boolean asked = direct.contains(key(purl.name()));
                collector.add(Component.of(purl, Scope.RUNTIME, asked, Place.of(path, library.line())));
            }
        });
        root.at("targets").entries().values().forEach(target -> addTarget(target, collector));
        return this;
    }

    /** In one framework a name has one version, so what is asked for needs no version to be found. */
    private void addTarget(Node target, Inventory.Collector collector) {
        var byName = new HashMap<String, PackageUrl>();
        for (var key : target.entries().keySet()) {
            var purl = packages.get(key(key));
            if (purl != null) {
                byName.put(key(purl.name()), purl);
            }
        }
        target.entries().forEach((key, library) -> {
            var purl = packages.get(key(key));
            for (var wanted : library.at("dependencies").entries().keySet()) {
                var dependency = byName.get(key(wanted));
                if (purl != null && dependency != null) {
                    collector.depends(purl, dependency);
                }
            }
        });
    }

    private static boolean isProject(Node library) {
        var type = library.at("type").text();
        return type.equals("project") || type.equals("reference") || type.equals("runtimepack");
    }

    /** NuGet does not tell upper from lower case. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
