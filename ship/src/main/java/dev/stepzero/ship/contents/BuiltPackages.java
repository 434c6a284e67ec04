package dev.stepzero.ship.contents;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.scan.packages.installed.archive.JavaArchive;
import dev.stepzero.scan.packages.installed.archive.JavaLibrary;
import dev.stepzero.scan.packages.installed.bytes.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the packages of an application where its build left them, before any image holds them. */
final class BuiltPackages {
    private static final String APPLICATION = "/app";

    private BuiltPackages() {}

    /** Each package at each of its places in the image; the same package may come several times. */
    static List<Component> of(Contents contents) throws IOException, InterruptedException {
        var found = new ArrayList<Component>();
        for (var archive : contents.archives()) {
            read(archive, found);
        }
        if (!contents.directory().isEmpty()) {
            for (var each : InstalledPackages.of(Path.of(contents.directory())).components()) {
                each.places().forEach(place -> found.add(at(APPLICATION + place.path(), each)));
            }
        }
        return found;
    }

    private static void read(Contents.Archive archive, List<Component> found) throws IOException {
        var file = Path.of(archive.file());
        if (!Archives.sha256(file).hex().equals(archive.sha256())) {
            throw UserError.blocked("a Java archive changed after the image was made of it")
                    .at(archive.file())
                    .fix("ship again, and let no other program write there meanwhile");
        }
        var name = archive.place().substring(archive.place().lastIndexOf('/') + 1);
        try (var stream = Files.newInputStream(file)) {
            new JavaArchive(library -> found.add(component(archive.place(), library)), (within, why) -> {})
                    .read(name, Files.size(file), stream);
        } catch (UnreadableFile e) {
            // The scan of the image says the same of it, as a gap.
            found.removeIf(each -> each.places().getFirst().path().startsWith(archive.place()));
        }
    }

    private static Component component(String place, JavaLibrary library) {
        return new Component(
                PackageUrl.of("maven", library.group(), library.artifact(), library.version()),
                Scope.RUNTIME,
                false,
                List.of(new Place(place + library.within(), 0, -1)),
                Optional.empty(),
                library.digest(),
                library.licenses());
    }

    private static Component at(String path, Component component) {
        return new Component(
                component.purl(),
                component.scope(),
                component.direct(),
                List.of(new Place(path, 0, -1)),
                component.source(),
                component.digest(),
                component.licenses());
    }
}
