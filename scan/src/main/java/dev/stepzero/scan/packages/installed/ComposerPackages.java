package dev.stepzero.scan.packages.installed;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What Composer installed; its first version wrote a list, its second an object. */
final class ComposerPackages implements FileReader {

    @Override
    public boolean takes(String path) {
        return path.endsWith("/composer/installed.json");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var json = Json.read(file);
        Set<String> development = json.path("dev-package-names")
                .valueStream()
                .map(name -> name.asString(""))
                .collect(Collectors.toSet());
        var packages = json.isArray() ? json : json.path("packages");
        for (var each : packages.values()) {
            var name = each.path("name").asString("");
            var version = each.path("version").asString("").replaceFirst("^[vV](?=\\d)", "");
            int slash = name.indexOf('/');
            if (slash > 0 && slash < name.length() - 1 && !version.isEmpty()) {
                facts.accept(new Fact.Library(
                        PackageUrl.of("composer", name.substring(0, slash), name.substring(slash + 1), version),
                        "",
                        development.contains(name) ? Scope.DEVELOPMENT : Scope.RUNTIME,
                        Optional.<Digest>empty(),
                        Json.texts(each.path("license"))));
            }
        }
    }
}
