package dev.stepzero.scan.sbom;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The source package of a component as the {@code upstream} qualifier of its package URL, such as
 * {@code upstream=glibc@2.36-9}. Syft writes and reads it the same way; without it, advisories that speak of source
 * packages would find nothing in an SBOM.
 */
final class Upstream {
    private static final String QUALIFIER = "upstream";

    private Upstream() {}

    static PackageUrl written(Component component) {
        return component
                .source()
                .map(source -> component.purl().with(QUALIFIER, written(source, component.purl())))
                .orElse(component.purl());
    }

    private static String written(SourcePackage source, PackageUrl purl) {
        return source.version().isEmpty() || source.version().equals(purl.version())
                ? source.name()
                : source.name() + "@" + source.version();
    }

    static Optional<SourcePackage> read(PackageUrl purl) {
        var upstream = purl.qualifier(QUALIFIER);
        if (upstream.isEmpty()) {
            return Optional.empty();
        }
        int at = upstream.indexOf('@');
        return Optional.of(
                at < 0
                        ? new SourcePackage(upstream, purl.version())
                        : new SourcePackage(upstream.substring(0, at), upstream.substring(at + 1)));
    }

    /** The package URL as it is known outside of documents. */
    static PackageUrl without(PackageUrl purl) {
        if (purl.qualifier(QUALIFIER).isEmpty()) {
            return purl;
        }
        var rest = new TreeMap<>(purl.qualifiers());
        rest.remove(QUALIFIER);
        return new PackageUrl(purl.type(), purl.namespace(), purl.name(), purl.version(), rest, purl.subpath());
    }
}
