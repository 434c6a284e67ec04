package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The packages under {@code node_modules}. Other {@code package.json} files, such as those that only choose a module
 * system for a folder within a package, are none.
 */
final class NodePackage implements FileReader {
    private static final Pattern PATH = Pattern.compile(".*/node_modules/(?:@[^/]+/)?[^/@][^/]*/package\\.json");

    @Override
    public boolean takes(String path) {
        return path.endsWith("/package.json") && PATH.matcher(path).matches();
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var json = Json.read(file);
        var name = json.path("name").asString("");
        var version = json.path("version").asString("");
        if (name.isBlank() || version.isBlank() || isOfAnotherWorld(json)) {
            return;
        }
        var licenses = Json.texts(json.path("license"));
        facts.accept(Fact.Library.of(
                purl(name, version), licenses.isEmpty() ? Json.texts(json.path("licenses")) : licenses));
    }

    /** Extensions of VS Code and packages of Unity are not npm's, though they have a file of that name. */
    private static boolean isOfAnotherWorld(JsonNode json) {
        return json.path("engines").has("vscode") || json.path("contributes").isObject() || json.has("unity");
    }

    private static PackageUrl purl(String name, String version) {
        int slash = name.startsWith("@") ? name.indexOf('/') : -1;
        return slash < 0 || slash == name.length() - 1
                ? PackageUrl.of("npm", "", name, version)
                : PackageUrl.of("npm", name.substring(0, slash), name.substring(slash + 1), version);
    }
}
