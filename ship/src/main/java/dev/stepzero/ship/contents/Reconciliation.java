package dev.stepzero.ship.contents;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in an image, with what its build knows about it. The image decides what is there, the build what may be: two
 * readings, one of the finished layers and one of what they were made of, that must agree.
 *
 * @param inventory everything in the image, and the Java runtime, which no scanner sees
 * @param findings where the two do not agree
 * @param absent what the build put in and the image does not hold
 */
public record Reconciliation(Inventory inventory, List<Finding> findings, List<PackageUrl> absent) {

    /**
     * Compares.
     *
     * @param image what was found in the image
     * @param sources the files of the commit
     * @param repository Maven's local repository that the build used; it need not be there
     */
    public static Reconciliation of(Contents contents, Inventory image, Path sources, Path repository)
            throws IOException, InterruptedException {
        var wanted = SourcePackages.of(sources, repository);
        var built = new Built(contents, BuiltPackages.of(contents));
        var coordinates = wanted.coordinates(contents.archives());
        var packages = new Inventory.Collector();
        var findings = new ArrayList<Finding>();
        var names = new HashMap<PackageUrl, PackageUrl>();
        for (var component : image.components()) {
            findings.addAll(built.judge(component));
            var known = known(component, contents, coordinates);
            packages.add(enriched(known, wanted, built.digest(component)));
            names.put(SourcePackages.plain(known.purl()), known.purl());
        }
        wanted.dependencies()
                .forEach((from, to) -> to.stream()
                        .filter(each -> names.containsKey(from) && names.containsKey(each))
                        .forEach(each -> packages.depends(named(names, from), named(names, each))));
        runtime(contents).ifPresent(packages::add);
        return new Reconciliation(packages.inventory(image.distribution()), findings, built.absent(image));
    }

    private static PackageUrl named(Map<PackageUrl, PackageUrl> names, PackageUrl purl) {
        return names.getOrDefault(purl, purl);
    }

    /** The component under the name by which Maven fetched its archive, if that is known. */
    private static Component known(Component component, Contents contents, Map<Digest, PackageUrl> coordinates) {
        var whole = contents.archives().stream()
                .anyMatch(archive ->
                        archive.place().equals(component.places().getFirst().path()));
        return component
                .digest()
                .filter(digest -> whole)
                .map(coordinates::get)
                .map(purl -> new Component(
                        purl,
                        component.scope(),
                        component.direct(),
                        component.places(),
                        component.source(),
                        component.digest(),
                        component.licenses()))
                .orElse(component);
    }

    private static Component enriched(Component component, SourcePackages wanted, Optional<Digest> digest) {
        return new Component(
                component.purl(),
                component.scope(),
                wanted.isDirect(component.purl()),
                component.places(),
                component.source(),
                component.digest().or(() -> digest),
                component.licenses());
    }

    private static Optional<Component> runtime(Contents contents) {
        return contents.runtime().isEmpty()
                ? Optional.empty()
                : Optional.of(Component.of(
                        PackageUrl.of("generic", "", "openjdk", contents.runtime()),
                        Scope.RUNTIME,
                        true,
                        new Place("/opt/java", 0, -1)));
    }
}
