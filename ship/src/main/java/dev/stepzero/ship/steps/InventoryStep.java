package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.scan.image.OciImage;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.installed.InstalledPackages;
import dev.stepzero.scan.sbom.Sbom;
import dev.stepzero.scan.sbom.SbomFormat;
import dev.stepzero.ship.contents.Reconciliation;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.image.OciLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes stock of the image: reads what is in its layers, holds it against what the build put there, and writes both
 * down as one CycloneDX document. The same commit gives the same bytes.
 */
public final class InventoryStep implements Step {
    private static final int NAMED = 5;

    private final String application;
    private final Commit commit;
    private final Home home;

    public InventoryStep(String application, Commit commit, Home home) {
        this.application = application;
        this.commit = commit;
        this.home = home;
    }

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public Stage stage() {
        return Stage.ANALYSE;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.SOURCES, Handover.DEPENDENCIES, Handover.IMAGE, Handover.CONTENTS);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.SBOM, Handover.MISMATCHES);
    }

    @Override
    public boolean stillHolds(StepContext context) {
        var blob = Digest.parse(context.get(Handover.SBOM).blob());
        return OciLayout.at(home.registry()).has(blob);
    }

    @Override
    public void run(StepContext context) throws IOException, InterruptedException {
        var image = Digest.parse(context.get(Handover.IMAGE).digest());
        var reconciliation = Reconciliation.of(
                context.get(Handover.CONTENTS),
                InstalledPackages.of(OciImage.open(home.registry(), image)),
                Path.of(context.get(Handover.SOURCES).directory()),
                Path.of(context.get(Handover.DEPENDENCIES).cache()).resolve("m2/repository"));
        if (!reconciliation.absent().isEmpty()) {
            context.warn("the build brought what the image does not hold: " + named(reconciliation.absent()));
        }
        var document = document(image, reconciliation.inventory());
        var digest = Digest.of(document);
        OciLayout.at(home.registry()).add(digest, document);
        context.give(Handover.SBOM, new Handover.Sbom(digest.toString()));
        context.give(Handover.MISMATCHES, new Handover.Analysis(List.of("inventory"), reconciliation.findings()));
        context.summary("%s, %s"
                .formatted(
                        Plural.of(reconciliation.inventory().components().size(), "component"),
                        reconciliation.findings().isEmpty()
                                ? "all from the build"
                                : reconciliation.findings().size() + " not from the build"));
    }

    private byte[] document(Digest image, Inventory inventory) throws IOException {
        var document = new ByteArrayOutputStream();
        SbomFormat.CYCLONEDX.write(
                new Sbom(application, commit.id(), Optional.of(image), commit.time(), inventory), document);
        return document.toByteArray();
    }

    private static String named(List<PackageUrl> purls) {
        var named = purls.stream().limit(NAMED).map(PackageUrl::toString).collect(Collectors.joining(", "));
        return purls.size() <= NAMED ? named : "%s and %d more".formatted(named, purls.size() - NAMED);
    }
}
