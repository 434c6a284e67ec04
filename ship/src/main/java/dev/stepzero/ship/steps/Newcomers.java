package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.sbom.SbomReader;
import dev.stepzero.ship.affected.AffectedReleases;
import dev.stepzero.ship.affected.ComponentIndex;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.image.OciLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes down what a release is made of before it enters an environment, and what is known against it by then.
 *
 * @param registry the layout that holds the bills of materials
 * @param failOn the severity from which on the project's gate blocks
 */
public record Newcomers(ComponentIndex index, AffectedReleases affected, Path registry, Severity failOn) {

    void enter(long release, EnvironmentSpec environment, Handover.Sbom sbom) throws InterruptedException {
        var digest = Digest.parse(sbom.blob());
        var document = OciLayout.at(registry).content(digest, SbomStep.LARGEST);
        try {
            var inventory = SbomReader.read(new ByteArrayInputStream(document)).inventory();
            index.record(release, digest, inventory, failOn);
        } catch (IOException e) {
            throw UserError.unreadable("the bill of materials cannot be read").because(e);
        }
        affected.deployed(release, environment.project(), environment.name());
    }
}
