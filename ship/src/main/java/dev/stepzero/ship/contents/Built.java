package dev.stepzero.ship.contents;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Finding;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the build named, by what it can be looked up with. */
final class Built {
    private final Map<String, Contents.Deb> debs = new HashMap<>();
    private final Map<String, Set<PackageUrl>> places = new TreeMap<>();
    private final Map<PackageUrl, Set<Digest>> digests = new HashMap<>();

    Built(Contents contents, List<Component> components) {
        contents.packages().forEach(deb -> debs.put(key(deb.name(), deb.version(), deb.architecture()), deb));
        for (var each : components) {
            places.computeIfAbsent(each.places().getFirst().path(), path -> new TreeSet<>())
                    .add(each.purl());
            each.digest()
                    .ifPresent(digest -> digests.computeIfAbsent(each.purl(), purl -> new HashSet<>())
                            .add(digest));
        }
    }

    private static String key(String name, String version, String architecture) {
        return name + " " + version + " " + architecture;
    }

    private Optional<Contents.Deb> deb(PackageUrl purl) {
        return purl.type().equals("deb")
                ? Optional.ofNullable(debs.get(key(purl.name(), purl.version(), purl.qualifier("arch"))))
                : Optional.empty();
    }

    /** The digest of the package file that it came in. */
    Optional<Digest> digest(Component component) {
        return deb(component.purl()).map(deb -> new Digest(deb.sha256()));
    }

    List<Finding> judge(Component component) {
        var purl = component.purl();
        if (deb(purl).isPresent()) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        for (var place : component.places()) {
            var expected = places.getOrDefault(place.path(), Set.of());
            if (expected.isEmpty()) {
                findings.add(Mismatch.NOT_NAMED.of(
                        purl, place.path(), "%s was found, and no step of the build brought it".formatted(purl)));
            } else if (!expected.contains(purl)) {
                findings.add(Mismatch.DIFFERS.of(
                        purl, place.path(), "%s was found where the build put %s".formatted(purl, expected)));
            }
        }
        var known = digests.getOrDefault(purl, Set.of());
        component
                .digest()
                .filter(digest -> findings.isEmpty() && !known.isEmpty() && !known.contains(digest))
                .ifPresent(digest -> findings.add(Mismatch.DIFFERS.of(
                        purl,
                        component.places().getFirst().path(),
                        "%s has the digest %s, the build put %s there".formatted(purl, digest, known))));
        return findings;
    }

    List<PackageUrl> absent(Inventory image) {
        var there = new HashSet<String>();
        for (var component : image.components()) {
            var purl = component.purl();
            there.add(key(purl.name(), purl.version(), purl.qualifier("arch")));
            component.places().forEach(place -> there.add(place.path()));
        }
        var absent = new TreeSet<PackageUrl>();
        debs.forEach((key, deb) -> {
            if (!there.contains(key)) {
                absent.add(PackageUrl.of("deb", "debian", deb.name(), deb.version()));
            }
        });
        places.forEach((path, purls) -> {
            if (!there.contains(path)) {
                absent.addAll(purls);
            }
        });
        return List.copyOf(absent);
    }
}
