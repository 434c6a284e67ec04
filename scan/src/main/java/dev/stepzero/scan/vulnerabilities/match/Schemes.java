package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.version.VersionScheme;
import dev.stepzero.scan.packages.version.VersionSchemes;
import dev.stepzero.scan.vulnerabilities.database.Keys;
import java.util.Optional;

/** The orders of versions. */
@FunctionalInterface
public interface Schemes {
    /** What ranges of the type {@code SEMVER} are ordered by in an ecosystem that we know no order of. */
    String SEMANTIC = "SemVer";

    /**
     * The order of an ecosystem.
     *
     * @param ecosystem OSV's name without a release, such as {@code PyPI}, or {@link #SEMANTIC}
     */
    Optional<VersionScheme> of(String ecosystem);

    /** The order of a package's versions, as its kind has it. */
    static Optional<VersionScheme> ofPackage(PackageUrl purl) {
        var component = Component.of(purl, Component.Scope.RUNTIME, true, Component.Place.of("", 0));
        return new Lookups(Optional.empty())
                .of(component).stream().findFirst().flatMap(each -> known().of(Keys.base(each.ecosystem())));
    }

    /** All orders that we know. */
    static Schemes known() {
        return name -> name.equals(SEMANTIC) ? Optional.of(VersionSchemes.SEMANTIC) : VersionSchemes.of(name);
    }
}
