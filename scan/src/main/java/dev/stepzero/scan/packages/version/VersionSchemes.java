package dev.stepzero.scan.packages.version;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The orders of versions that we know, under the names that OSV has for ecosystems. All of them take time and memory in
 * proportion to the two texts, whatever these are, and numbers of any length.
 */
@SuppressWarnings("ImmutableEnumChecker") // a scheme is stateless, as its interface asks
public enum VersionSchemes implements VersionScheme {
    MAVEN(new MavenVersions(), "Maven"),
    SEMANTIC(
            SemanticVersions.standard(),
            "npm",
            "crates.io",
            "Hex",
            "SwiftURL",
            "GitHub Actions",
            "Julia",
            "Bioconductor",
            "ConanCenter"),
    PYTHON(new PythonVersions(), "PyPI"),
    GO(new GoVersions(), "Go"),
    RUBY(new RubyVersions(), "RubyGems"),
    COMPOSER(new ComposerVersions(), "Packagist"),
    NUGET(SemanticVersions.ignoringCase(), "NuGet"),
    DEBIAN(new DebianVersions(), "Debian", "Ubuntu"),
    APK(new ApkVersions(), "Alpine", "Chainguard", "Wolfi", "MinimOS", "Alpaquita", "BellSoft Hardened Containers"),
    RPM(
            new RpmVersions(),
            "Red Hat",
            "Rocky Linux",
            "AlmaLinux",
            "SUSE",
            "openSUSE",
            "openEuler",
            "Mageia",
            "Photon OS",
            "Azure Linux",
            "Oracle Linux",
            "Amazon Linux",
            "Fedora"),
    BITNAMI(new BitnamiVersions(), "Bitnami"),
    PUB(SemanticVersions.withBuild(), "Pub"),
    HACKAGE(new DottedVersions("."), "Hackage", "GHC"),
    CRAN(new DottedVersions(".-"), "CRAN");

    private static final Map<String, VersionSchemes> BY_ECOSYSTEM = byEcosystem();

    private final VersionScheme scheme;
    private final List<String> ecosystems;

    VersionSchemes(VersionScheme scheme, String... ecosystems) {
        this.scheme = scheme;
        this.ecosystems = List.of(ecosystems);
    }

    private static Map<String, VersionSchemes> byEcosystem() {
        var all = new HashMap<String, VersionSchemes>();
        Arrays.stream(values()).forEach(scheme -> scheme.ecosystems.forEach(name -> all.put(name, scheme)));
        return Map.copyOf(all);
    }

    /**
     * The order of an ecosystem, by OSV's name for it; a release after a colon, as in {@code Debian:12}, does not matter.
     * Empty for an ecosystem without versions that have an order, or of which we do not know it.
     */
    public static Optional<VersionScheme> of(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        return Optional.ofNullable(BY_ECOSYSTEM.get(colon < 0 ? ecosystem : ecosystem.substring(0, colon)));
    }

    @Override
    public int compare(String one, String other) throws InvalidVersion {
        return scheme.compare(one, other);
    }
}
