package dev.stepzero.scan.packages.installed;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.installed.archive.JavaArchive;
import dev.stepzero.scan.packages.installed.archive.JavaLibrary;
import java.io.IOException;
import java.util.function.Consumer;

/** Libraries in Java archives, with the digest of each archive. */
final class JavaPackages implements FileReader {

    @Override
    public boolean takes(String path) {
        return JavaArchive.isName(path);
    }

    @Override
    public void read(FileContent file, Consumer<Fact> facts) throws IOException {
        new JavaArchive(
                        library -> facts.accept(fact(library)),
                        (within, why) -> facts.accept(new Fact.Unread(within, why)))
                .read(file.name(), file.size(), file.stream());
    }

    private static Fact fact(JavaLibrary library) {
        return new Fact.Library(
                PackageUrl.of("maven", library.group(), library.artifact(), library.version()),
                library.within(),
                Scope.RUNTIME,
                library.digest(),
                library.licenses());
    }
}
