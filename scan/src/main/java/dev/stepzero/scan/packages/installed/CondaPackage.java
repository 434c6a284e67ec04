package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.util.function.Consumer;

/** A package that conda installed into an environment. */
final class CondaPackage implements FileReader {

    @Override
    public boolean takes(String path) {
        return path.endsWith(".json") && path.contains("/conda-meta/");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        var json = Json.read(file);
        var name = json.path("name").asString("");
        var version = json.path("version").asString("");
        if (!name.isEmpty() && !version.isEmpty()) {
            var purl = PackageUrl.of("conda", "", name, version)
                    .with("build", json.path("build").asString(""))
                    .with("subdir", json.path("subdir").asString(""));
            facts.accept(Fact.Library.of(purl, Json.texts(json.path("license"))));
        }
    }
}
