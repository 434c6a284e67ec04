package dev.stepzero.ship.contents;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.List;
import java.util.Set;

/** The ways in which an image is not what its build says. */
enum Mismatch {
    NOT_NAMED(
            "image-package-not-in-sbom",
            Severity.MEDIUM,
            "The image holds a package that its build did not name",
            "let the build bring it, as a dependency of the project or under build.packages; if nobody wants it, find"
                    + " out what put it there, for its origin is not known"),
    DIFFERS(
            "image-package-differs",
            Severity.HIGH,
            "A package in the image is not the one that its build put there",
            "delete the cached layers (cache/layers in Stepzero's home) and ship again; if it comes back, find out who"
                    + " else may write there");

    private final String rule;
    private final Severity severity;
    private final String title;
    private final String fix;

    Mismatch(String rule, Severity severity, String title, String fix) {
        this.rule = rule;
        this.severity = severity;
        this.title = title;
        this.fix = fix;
    }

    Finding of(PackageUrl purl, String place, String message) {
        return new Finding(
                rule,
                List.of(),
                title,
                severity,
                Location.of("image:" + place),
                message,
                fix,
                List.of("nist-800-190:4.1.5"),
                List.of(),
                Set.of(Stride.TAMPERING),
                List.of(),
                Finding.fingerprint(
                        rule, "image:" + place, purl.withoutVersion().toString()));
    }
}
