package dev.stepzero.scan.vulnerabilities;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Priority;
import dev.stepzero.core.Reach;
import dev.stepzero.core.Stride;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import dev.stepzero.scan.vulnerabilities.vex.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns vulnerable packages into findings that say what is there, how it got there, and what mends it. */
public final class PackageFindings {
    private static final Set<String> DISTRIBUTIONS = Set.of("deb", "apk", "rpm");

    private final DependencyPaths paths;

    public PackageFindings(Inventory inventory) {
        paths = new DependencyPaths(inventory);
    }

    /** The finding; its place is the first one of the package, the others are related. */
    public Finding of(Vulnerable vulnerable, Optional<Reach> reach) {
        return finding(vulnerable, message(vulnerable, reach), reach);
    }

    /** The same of one that a statement settles, with who says why. */
    Finding settled(Vulnerable vulnerable, Statement statement) {
        var word = statement.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return finding(
                vulnerable,
                "%s according to %s%s. %s"
                        .formatted(
                                word,
                                statement.document(),
                                statement.why().isEmpty() ? "" : " (" + statement.why() + ")",
                                message(vulnerable, Optional.empty())),
                Optional.empty());
    }

    private Finding finding(Vulnerable vulnerable, String message, Optional<Reach> reach) {
        var component = vulnerable.component();
        var purl = component.purl();
        var locations =
                component.places().stream().map(place -> location(purl, place)).toList();
        return new Finding(
                vulnerable.advisory(),
                vulnerable.aliases(),
                title(vulnerable),
                vulnerable.rating().severity(),
                locations.getFirst(),
                message,
                fix(vulnerable),
                List.of(),
                vulnerable.cwe(),
                Set.of(Stride.TAMPERING, Stride.ELEVATION_OF_PRIVILEGE),
                locations.subList(1, locations.size()),
                Finding.fingerprint(
                        vulnerable.lastingId(), purl.withoutVersion().toString(), ""),
                new Priority(
                        vulnerable.exploitation().known().isPresent(),
                        vulnerable.exploitation().probability(),
                        reach));
    }

    private static Location location(PackageUrl purl, Place place) {
        return place.path().isEmpty()
                ? Location.of(purl.toString())
                : new Location(purl.toString(), place.path(), place.line(), place.line());
    }

    private static String title(Vulnerable vulnerable) {
        var name = vulnerable.component().purl().displayName();
        return vulnerable.summary().isEmpty()
                ? "%s has a known vulnerability".formatted(name)
                : "%s: %s".formatted(name, vulnerable.summary());
    }

    private String message(Vulnerable vulnerable, Optional<Reach> reach) {
        var purl = vulnerable.component().purl();
        var sentences = new ArrayList<String>();
        sentences.add("%s %s is installed, %s is affected; %s"
                .formatted(
                        purl.displayName(),
                        installed(vulnerable.component()),
                        vulnerable.range(),
                        vulnerable.fixed().map("fixed in %s"::formatted).orElse("no fix is known")));
        var path = paths.to(vulnerable.component());
        if (path.size() > 1) {
            sentences.add("It comes through "
                    + path.stream().map(PackageFindings::named).collect(Collectors.joining(" > ")));
        }
        if (vulnerable.component().scope() == Scope.DEVELOPMENT) {
            sentences.add("It is used for building and testing only");
        }
        reach.ifPresent(each -> sentences.add(ReachText.of(each)));
        exploitation(vulnerable, sentences);
        var severity = vulnerable.rating().severity().name();
        sentences.add(severity.charAt(0) + severity.substring(1).toLowerCase(Locale.ROOT) + ": "
                + vulnerable.rating().because());
        return String.join(". ", sentences);
    }

    private static void exploitation(Vulnerable vulnerable, List<String> sentences) {
        var exploitation = vulnerable.exploitation();
        exploitation
                .known()
                .ifPresent(known -> sentences.add("Exploited since %s or before (CISA KEV)%s"
                        .formatted(known.since(), known.ransomware() ? ", also for ransom" : "")));
        exploitation
                .probability()
                .ifPresent(probability -> sentences.add(String.format(
                        Locale.ROOT, "EPSS expects exploitation within 30 days at %.1f %%", probability * 100)));
    }

    private static String installed(Component component) {
        var source = component.source();
        boolean other = source.isPresent()
                && !source.get().name().equals(component.purl().name());
        return other
                ? "%s (of %s %s)"
                        .formatted(
                                component.purl().version(),
                                source.get().name(),
                                source.get().version())
                : component.purl().version();
    }

    private static String named(PackageUrl purl) {
        return purl.displayName() + " " + purl.version();
    }

    private String fix(Vulnerable vulnerable) {
        var purl = vulnerable.component().purl();
        if (vulnerable.fixed().isEmpty()) {
            return vulnerable.advisory().startsWith("MAL-")
                    ? "Remove %s, and change every secret that was in its reach.".formatted(purl.displayName())
                    : "Replace %s, or say with a VEX statement or a waiver why it may stay: stepzero vex draft %s %s"
                            .formatted(purl.displayName(), vulnerable.advisory(), purl);
        }
        var fixed = vulnerable.fixed().get();
        if (DISTRIBUTIONS.contains(purl.type())) {
            return "Build on a newer base, or upgrade %s to %s."
                    .formatted(
                            vulnerable
                                    .component()
                                    .source()
                                    .map(Component.SourcePackage::name)
                                    .orElse(purl.name()),
                            fixed);
        }
        var path = paths.to(vulnerable.component());
        if (path.size() <= 1) {
            return "Update %s from %s to %s.".formatted(purl.displayName(), purl.version(), fixed);
        }
        return "Update %s to a version that brings %s %s or later, or pin that yourself%s."
                .formatted(path.getFirst().displayName(), purl.displayName(), fixed, pin(purl, fixed));
    }

    /** How each package manager lets one choose a version that others ask for. */
    private static String pin(PackageUrl purl, String fixed) {
        return switch (purl.type()) {
            case "maven" -> ": in <dependencyManagement>, or in Gradle's constraints";
            case "npm" -> ": \"overrides\": {\"%s\": \"%s\"} in package.json".formatted(purl.displayName(), fixed);
            case "golang" -> ": go get %s@v%s".formatted(purl.displayName(), fixed);
            case "cargo" -> ": cargo update -p %s --precise %s".formatted(purl.name(), fixed);
            case "pypi" -> ": %s>=%s among the requirements".formatted(purl.name(), fixed);
            case "gem" -> ": gem \"%s\", \">= %s\" in the Gemfile".formatted(purl.name(), fixed);
            case "composer" -> ": composer require %s:^%s".formatted(purl.displayName(), fixed);
            case "nuget" -> ": a PackageReference of its own";
            default -> "";
        };
    }
}
