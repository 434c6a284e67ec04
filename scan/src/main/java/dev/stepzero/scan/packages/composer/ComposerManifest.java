package dev.stepzero.scan.packages.composer;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.document.Node;
import dev.stepzero.scan.tree.Intake;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a {@code composer.json} asks for, by the packages' names in lower case. */
record ComposerManifest(String path, Map<String, Asked> asked) {

    /** @param line where the package is asked for, from 1 */
    private record Asked(PackageUrl purl, Scope scope, int line) {}

    static ComposerManifest of(String path, Node root) {
        var manifest = new ComposerManifest(path, new HashMap<>());
        manifest.take(root.at("require"), Scope.RUNTIME);
        manifest.take(root.at("require-dev"), Scope.DEVELOPMENT);
        return manifest;
    }

    private void take(Node packages, Scope scope) {
        packages.entries().forEach((name, constraint) -> {
            if (isPackage(name)) {
                asked.putIfAbsent(
                        key(name), new Asked(purl(name, pinned(constraint.text())), scope, constraint.line()));
            }
        });
    }

    boolean asksFor(String name) {
        return asked.containsKey(key(name));
    }

    /** Adds what it asks for, as no lockfile tells more. */
    void addTo(Inventory.Collector packages, Intake intake) {
        asked.values()
                .forEach(each ->
                        packages.add(Component.of(each.purl(), each.scope(), true, Place.of(path, each.line()))));
        if (!asked.isEmpty()) {
            intake.skipped(path, "there is no composer.lock: the versions that are installed are not known");
        }
    }

    /** The version that a constraint allows, where it allows one only, which is one without any operator. */
    private static String pinned(String constraint) {
        boolean version = constraint.chars().filter(c -> c == '.').count() >= 2
                && constraint.chars().noneMatch(c -> "^~*<>=!|, xX@".indexOf(c) >= 0);
        return version ? constraint : "";
    }

    static PackageUrl purl(String name, String version) {
        int slash = name.lastIndexOf('/');
        return PackageUrl.of("composer", name.substring(0, slash), name.substring(slash + 1), version);
    }

    /** Whether a name is of a package, and not of PHP itself, an extension or a library of the system. */
    static boolean isPackage(String name) {
        return name.indexOf('/') > 0 && !name.endsWith("/");
    }

    /** Composer does not tell upper from lower case. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
