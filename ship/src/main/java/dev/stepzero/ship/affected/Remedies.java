package dev.stepzero.ship.affected;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.Component.SourcePackage;
import dev.stepzero.scan.packages.version.VersionScheme.InvalidVersion;
import dev.stepzero.scan.packages.version.VersionSchemes;
import dev.stepzero.scan.vulnerabilities.match.Vulnerable;
import dev.stepzero.ship.affected.Remedy.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out what would mend a vulnerable package; asks the archive once for each package, and only for Debian's. */
public final class Remedies {
    private final Archive archive;
    private final Map<String, Optional<String>> offers = new HashMap<>();
    private Optional<String> unreachable = Optional.empty();

    /** Where the packages of bases come from. */
    @FunctionalInterface
    public interface Archive {
        /** The version of the source of the newest package that a build would take; empty if there is none. */
        Optional<String> newest(String name) throws InterruptedException;
    }

    public Remedies(Archive archive) {
        this.archive = archive;
    }

    Remedy of(Vulnerable vulnerable) throws InterruptedException {
        var purl = vulnerable.component().purl();
        if (vulnerable.fixed().isEmpty()) {
            return new Remedy(
                    Kind.NONE,
                    "no fix is known; if it does not matter here, say why: stepzero vex draft %s %s --status not_affected --justification WORD"
                            .formatted(vulnerable.lastingId(), purl));
        }
        var fixed = vulnerable.fixed().get();
        return purl.type().equals("deb")
                ? ofBase(vulnerable, fixed)
                : new Remedy(Kind.EDIT, "needs an edit: update %s to %s or later".formatted(purl.displayName(), fixed));
    }

    private Remedy ofBase(Vulnerable vulnerable, String fixed) throws InterruptedException {
        var name = vulnerable.component().purl().name();
        var offered = offered(name);
        if (unreachable.isPresent()) {
            return new Remedy(Kind.UNKNOWN, "whether a rebuild helps is not known: " + unreachable.get());
        }
        if (offered.isEmpty()) {
            return new Remedy(Kind.WAIT, "the Debian archive has no package %s".formatted(name));
        }
        return reaches(offered.get(), fixed)
                ? new Remedy(
                        Kind.REBUILD,
                        "a rebuild on the newest base brings %s %s".formatted(named(vulnerable, name), offered.get()))
                : new Remedy(
                        Kind.WAIT,
                        "the fix %s is not in the Debian archive yet, which has %s".formatted(fixed, offered.get()));
    }

    /** Advisories and the archive are compared by the source's version, which some binaries do not share. */
    private static String named(Vulnerable vulnerable, String name) {
        return vulnerable
                .component()
                .source()
                .map(SourcePackage::name)
                .filter(source -> !source.equals(name))
                .map(source -> "%s of %s".formatted(name, source))
                .orElse(name);
    }

    private Optional<String> offered(String name) throws InterruptedException {
        if (unreachable.isPresent()) {
            return Optional.empty();
        }
        var known = offers.get(name);
        if (known != null) {
            return known;
        }
        try {
            var offered = archive.newest(name);
            offers.put(name, offered);
            return offered;
        } catch (UserError e) {
            if (e.status() != ExitStatus.ENGINE) {
                throw e;
            }
            unreachable = Optional.of(e.what());
            return Optional.empty();
        }
    }

    private static boolean reaches(String offered, String fixed) {
        try {
            return VersionSchemes.DEBIAN.compare(offered, fixed) >= 0;
        } catch (InvalidVersion e) {
            return false;
        }
    }
}
