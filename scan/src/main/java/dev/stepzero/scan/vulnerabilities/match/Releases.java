package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The release of a distribution that a package belongs to, as OSV writes it. A distribution's packages are judged by its
 * own advisories only; a derivative without any is not judged by those of its parent.
 */
final class Releases {
    private static final Pattern VERSION = Pattern.compile("[0-9]+([.][0-9]+)*");
    private static final Map<String, String> CODENAMES = Map.ofEntries(
            Map.entry("wheezy", "7"),
            Map.entry("jessie", "8"),
            Map.entry("stretch", "9"),
            Map.entry("buster", "10"),
            Map.entry("bullseye", "11"),
            Map.entry("bookworm", "12"),
            Map.entry("trixie", "13"),
            Map.entry("forky", "14"),
            Map.entry("trusty", "14.04"),
            Map.entry("xenial", "16.04"),
            Map.entry("bionic", "18.04"),
            Map.entry("focal", "20.04"),
            Map.entry("jammy", "22.04"),
            Map.entry("noble", "24.04"),
            Map.entry("oracular", "24.10"),
            Map.entry("plucky", "25.04"),
            Map.entry("questing", "25.10"));

    private Releases() {}

    static List<String> debian(PackageUrl purl, Optional<Distribution> distribution) {
        var release = release(purl, distribution);
        return switch (vendor(purl, distribution)) {
            case "debian" -> release.isEmpty() ? List.of() : List.of("Debian:" + major(release), "Debian");
            case "ubuntu" -> release.isEmpty() ? List.of() : ubuntu(release, purl.version());
            default -> List.of();
        };
    }

    /** Fixes for subscribers count for who has some of them installed. */
    private static List<String> ubuntu(String release, String version) {
        boolean longTerm = release.matches("[0-9]*[02468][.]04");
        var name = longTerm ? release + ":LTS" : release;
        return version.contains("esm") ? List.of("Ubuntu:" + name, "Ubuntu:Pro:" + name) : List.of("Ubuntu:" + name);
    }

    static List<String> alpine(PackageUrl purl, Optional<Distribution> distribution) {
        var release = release(purl, distribution);
        return switch (vendor(purl, distribution)) {
            case "alpine" -> release.isEmpty() ? List.of() : List.of("Alpine:v" + minor(release), "Alpine");
            case "wolfi" -> List.of("Wolfi");
            case "chainguard" -> List.of("Chainguard");
            default -> List.of();
        };
    }

    static List<String> rpm(PackageUrl purl, Optional<Distribution> distribution) {
        var release = release(purl, distribution);
        if (release.isEmpty()) {
            return vendor(purl, distribution).equals("opensuse-tumbleweed")
                    ? List.of("openSUSE:Tumbleweed")
                    : List.of();
        }
        return switch (vendor(purl, distribution)) {
            case "redhat", "rhel" -> List.of("Red Hat:enterprise_linux:" + major(release));
            case "rocky", "rocky-linux" -> List.of("Rocky Linux:" + major(release));
            case "almalinux", "alma" -> List.of("AlmaLinux:" + major(release));
            case "opensuse", "opensuse-leap" -> List.of("openSUSE:Leap " + release);
            case "sles", "suse" -> List.of("SUSE:Linux Enterprise Server " + servicePack(release));
            case "mageia" -> List.of("Mageia:" + major(release));
            case "photon" -> List.of("Photon OS:" + minor(release));
            case "azurelinux", "mariner" -> List.of("Azure Linux:" + major(release));
            case "openeuler" -> List.of("openEuler:" + release, "openEuler:" + release + "-LTS");
            default -> List.of();
        };
    }

    private static String vendor(PackageUrl purl, Optional<Distribution> distribution) {
        return purl.namespace().isEmpty()
                ? distribution.map(Distribution::id).orElse("").toLowerCase(Locale.ROOT)
                : purl.namespace().toLowerCase(Locale.ROOT);
    }

    /** What the package URL says, such as {@code debian-12}, {@code bookworm} or {@code alpine-3.20.3}, else the image. */
    private static String release(PackageUrl purl, Optional<Distribution> distribution) {
        var said = said(purl.qualifier("distro"));
        if (!said.isEmpty()) {
            return said;
        }
        return distribution
                .map(each -> each.version().isEmpty() ? said(each.codename()) : each.version())
                .orElse("");
    }

    private static String said(String distro) {
        var lower = distro.toLowerCase(Locale.ROOT);
        var named = CODENAMES.get(lower.substring(lower.lastIndexOf('-') + 1));
        if (named != null) {
            return named;
        }
        var version = VERSION.matcher(lower);
        return version.find() ? version.group() : "";
    }

    private static String major(String release) {
        return parts(release, 1);
    }

    private static String minor(String release) {
        return parts(release, 2);
    }

    private static String parts(String release, int count) {
        var parts = release.split("[.]", -1);
        return String.join(".", List.of(parts).subList(0, Math.min(count, parts.length)));
    }

    private static String servicePack(String release) {
        var parts = release.split("[.]", -1);
        return parts.length > 1 && !parts[1].equals("0") ? parts[0] + " SP" + parts[1] : parts[0];
    }
}
