package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What a .NET program was published with. */
final class DotnetPackages implements FileReader {

    @Override
    public boolean takes(String path) {
        return path.endsWith(".deps.json");
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        for (var library : Json.read(file).path("libraries").properties()) {
            int slash = library.getKey().lastIndexOf('/');
            if (slash > 0 && slash < library.getKey().length() - 1) {
                facts.accept(Fact.Library.of(
                        PackageUrl.of(
                                "nuget",
                                "",
                                library.getKey().substring(0, slash),
                                library.getKey().substring(slash + 1)),
                        List.of()));
            }
        }
    }
}
