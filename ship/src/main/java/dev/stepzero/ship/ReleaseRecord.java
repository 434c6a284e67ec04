package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.ship.deploy.Deployments;
import dev.stepzero.ship.image.OciLayout;
import java.util.List;

/** Says what is known and signed of what this installation released or refused. */
final class ReleaseRecord {
    private final Workshop workshop;

    ReleaseRecord(Workshop workshop) {
        this.workshop = workshop;
    }

    /**
     * Verifies a release that this installation made.
     *
     * @param word the application's name, the image's digest, or the commit's id or its beginning
     * @throws UserError with status 1 if it does not verify, with status 2 if there is no such release
     */
    Verified verify(String word, Verification verification) throws InterruptedException {
        var releases = workshop.deployments().releases(word);
        var projects =
                releases.stream().map(Deployments.Published::project).distinct().toList();
        if (projects.isEmpty()) {
            refuseUnreleased(word);
        }
        if (projects.size() != 1) {
            throw UserError.usage((projects.isEmpty()
                                    ? "there is no image and no release '%s'"
                                    : "'%s' names releases of several applications")
                            .formatted(word))
                    .fix("name an application, a commit, HOST/NAME@sha256:..., or the directory of an OCI layout");
        }
        var release = releases.getFirst();
        if (!release.attested()) {
            throw UserError.blocked("commit %.12s was released before images were signed".formatted(release.commit()))
                    .fix("ship it again: stepzero ship --commit %.12s".formatted(release.commit()));
        }
        var passport = verification.verify(OciLayout.at(workshop.home().registry()), release.image());
        return new Verified(passport, workshop.deployments().of(release.image()));
    }

    /** A commit that was refused on its way has no release, but what refused it was attested. */
    private void refuseUnreleased(String word) {
        workshop.journal().latestOf(word).ifPresent(run -> {
            throw UserError.blocked("commit %.12s was not released: run %d %s"
                            .formatted(
                                    run.run().key().commit(),
                                    run.run().id(),
                                    run.reason()
                                            .map("ended with: "::concat)
                                            .orElse("is " + run.status().label())))
                    .fix("see what its steps attested: stepzero runs "
                            + run.run().id());
        });
    }

    /** What the steps of a run attested, also where they refused the change, the oldest first. */
    List<RunStatement> statements(long run) throws InterruptedException {
        var trusted =
                workshop.keyRings().trusted().stream().map(TrustedKey::key).toList();
        var verifier = new Verifier(trusted);
        return workshop.evidence().saidIn(run).stream()
                .map(each -> RunStatement.of(each, verifier))
                .toList();
    }
}
