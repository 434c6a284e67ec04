package dev.stepzero.cli;

import dev.stepzero.core.Subject;
import dev.stepzero.scan.image.ImageSource;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.scan.sbom.Sbom;
import dev.stepzero.scan.sbom.SbomFormat;
import dev.stepzero.scan.sbom.SbomReader;
import dev.stepzero.scan.vulnerabilities.PackageScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Says what a subject is made of, without judging it. */
record Bill(PackageScanner packages, ImageSource.Access access, Clock clock) {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    /** The document; where the subject is an SBOM itself, the same in the standard that is asked for. */
    String of(ScanTarget target, Subject.SourceTree tree, SbomFormat format) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        try {
            format.write(sbom(target, tree), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private Sbom sbom(ScanTarget target, Subject.SourceTree tree) throws InterruptedException {
        return switch (target) {
            case ScanTarget.Sources _ -> new Sbom(tree.name(), "", Optional.empty(), now(), packages.inventory(tree));
            case ScanTarget.Document document -> SbomReader.read(document.file());
            case ScanTarget.Root root ->
                new Sbom(
                        root.directory().toString(),
                        "",
                        Optional.empty(),
                        now(),
                        InstalledPackages.of(root.directory()));
            case ScanTarget.Image named -> {
                var image = named.source().open(access);
                yield new Sbom(
                        named.name(),
                        "",
                        Optional.of(image.digest()),
                        image.config().created().orElseGet(this::now),
                        InstalledPackages.of(image));
            }
        };
    }

    /** The time that reproducible builds set, or now; to the second, as the standards want it. */
    private Instant now() {
        var set = access.environment().getOrDefault(EPOCH, "");
        return set.matches("[0-9]{1,12}")
                ? Instant.ofEpochSecond(Long.parseLong(set))
                : clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
