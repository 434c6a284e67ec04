package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.List;
import java.util.Optional;

/** Under which ecosystems and names OSV speaks of a package. */
final class Lookups {
    private final Optional<Distribution> distribution;

    /** @param distribution what the packages of an operating system belong to where their package URL does not say */
    Lookups(Optional<Distribution> distribution) {
        this.distribution = distribution;
    }

    /**
     * A question to the database.
     *
     * @param ecosystem with its release where it has one
     * @param version in the ecosystem's spelling
     */
    record Lookup(String ecosystem, String name, String version) {}

    /** The questions about a component, which has a version; none where OSV knows nothing of its kind. */
    List<Lookup> of(Component component) {
        var purl = component.purl();
        return switch (purl.type()) {
            case "deb" -> ofSource(component, Releases.debian(purl, distribution));
            case "apk" -> ofSource(component, Releases.alpine(purl, distribution));
            case "rpm" -> ofBinary(component, Releases.rpm(purl, distribution));
            default -> language(purl);
        };
    }

    private static List<Lookup> language(PackageUrl purl) {
        var joined = purl.namespace().isEmpty() ? purl.name() : purl.namespace() + "/" + purl.name();
        return switch (purl.type()) {
            case "maven" -> one("Maven", purl.namespace() + ":" + purl.name(), purl.version());
            case "npm" -> one("npm", joined, purl.version());
            case "pypi" -> one("PyPI", purl.name(), purl.version());
            case "golang" -> one("Go", joined, goVersion(purl.version()));
            case "cargo" -> one("crates.io", purl.name(), purl.version());
            case "gem" -> one("RubyGems", purl.name(), purl.version());
            case "nuget" -> one("NuGet", purl.name(), purl.version());
            case "composer" -> one("Packagist", joined, withoutV(purl.version()));
            case "hex" -> one("Hex", joined, purl.version());
            case "pub" -> one("Pub", purl.name(), purl.version());
            case "hackage" -> one("Hackage", purl.name(), purl.version());
            case "cran" -> one("CRAN", purl.name(), purl.version());
            case "swift" -> one("SwiftURL", joined, withoutV(purl.version()));
            case "conan" -> one("ConanCenter", purl.name(), purl.version());
            case "opam" -> one("opam", purl.name(), purl.version());
            case "julia" -> one("Julia", purl.name(), purl.version());
            case "bitnami" -> one("Bitnami", purl.name(), purl.version());
            case "github", "githubactions" -> one("GitHub Actions", joined, withoutV(purl.version()));
            default -> List.of();
        };
    }

    private static List<Lookup> one(String ecosystem, String name, String version) {
        return List.of(new Lookup(ecosystem, name, version));
    }

    /** Advisories write Go's versions without the letter; those of the toolchain begin with {@code go}. */
    private static String goVersion(String version) {
        return version.startsWith("go") ? version.substring(2) : withoutV(version);
    }

    private static String withoutV(String version) {
        boolean prefixed = version.length() > 1 && version.charAt(0) == 'v' && Character.isDigit(version.charAt(1));
        return prefixed ? version.substring(1) : version;
    }

    /** Debian's, Ubuntu's and Alpine's advisories speak of source packages. */
    private static List<Lookup> ofSource(Component component, List<String> releases) {
        var source = component
                .source()
                .orElse(new SourcePackage(
                        component.purl().name(), component.purl().version()));
        var version = source.version().isEmpty() ? component.purl().version() : source.version();
        return releases.stream()
                .map(release -> new Lookup(release, source.name(), version))
                .toList();
    }

    /** Those of the RPM world speak of binary packages, Rocky's of source packages. */
    private static List<Lookup> ofBinary(Component component, List<String> releases) {
        var purl = component.purl();
        var epoch = purl.qualifier("epoch");
        var version = epoch.isEmpty() || purl.version().contains(":") ? purl.version() : epoch + ":" + purl.version();
        return releases.stream()
                .map(release ->
                        release.startsWith("Rocky Linux:") && component.source().isPresent()
                                ? new Lookup(
                                        release,
                                        component.source().get().name(),
                                        component.source().get().version())
                                : new Lookup(release, purl.name(), version))
                .toList();
    }
}
