package dev.stepzero.scan.packages.installed;

import dev.stepzero.core.Coverage;
import dev.stepzero.scan.image.ImageFile;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts together what the files of the final file system say. */
final class Assembly {
    private final List<Found<Fact.OsPackage>> systems = new ArrayList<>();
    private final List<Found<Fact.Library>> libraries = new ArrayList<>();
    private final Set<String> owned = new HashSet<>();
    private final List<Coverage.Skipped> unread = new ArrayList<>();
    private Optional<Distribution> distribution = Optional.empty();

    private record Found<F>(ImageFile file, F fact) {}

    void add(ImageFile file, List<Fact> facts) {
        for (var each : facts) {
            switch (each) {
                case Fact.OsPackage system -> systems.add(new Found<>(file, system));
                case Fact.Library library -> libraries.add(new Found<>(file, library));
                case Fact.Owned files -> owned.addAll(files.paths());
                // The file in /etc comes first and wins, as os-release(5) wants it.
                case Fact.Release release -> distribution = distribution.or(() -> Optional.of(release.distribution()));
                case Fact.Unread part -> unread.add(new Coverage.Skipped(file.path() + part.within(), part.why()));
            }
        }
    }

    List<Coverage.Skipped> unread() {
        return unread;
    }

    Inventory inventory() {
        var all = new Inventory.Collector();
        for (var each : systems) {
            all.add(new Component(
                    purl(each.fact),
                    Scope.RUNTIME,
                    false,
                    List.of(place(each.file, "")),
                    each.fact.source(),
                    Optional.empty(),
                    each.fact.licenses()));
        }
        for (var each : libraries) {
            if (!owned.contains(OwnedPaths.normal(each.file.path()))) {
                all.add(new Component(
                        each.fact.purl(),
                        each.fact.scope(),
                        false,
                        List.of(place(each.file, each.fact.within())),
                        Optional.empty(),
                        each.fact.digest(),
                        each.fact.licenses()));
            }
        }
        return all.inventory(distribution);
    }

    private static Component.Place place(ImageFile file, String within) {
        return new Component.Place(file.path() + within, 0, file.entry().layer());
    }

    private PackageUrl purl(Fact.OsPackage system) {
        return PackageUrl.of(system.type(), namespace(system.type()), system.name(), system.version())
                .with("arch", system.architecture())
                .with("epoch", system.epoch())
                .with(
                        "distro",
                        distribution
                                .map(each -> each.version().isEmpty() ? each.id() : each.id() + "-" + each.version())
                                .orElse(""));
    }

    /** The vendor, which the package URL's specification calls otherwise than os-release for one. */
    private String namespace(String type) {
        var id = distribution.map(Distribution::id).orElse("");
        return switch (type) {
            case "deb" -> id.isEmpty() ? "debian" : id;
            case "apk" -> id.isEmpty() ? "alpine" : id;
            case "rpm" -> id.equals("rhel") ? "redhat" : id;
            default -> id;
        };
    }
}
