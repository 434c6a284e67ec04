package dev.stepzero.ship;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.guard.evidence.Verifier;
import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.ship.deploy.Deployments.Deployment;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import dev.stepzero.ship.engine.SignedEvidence;
import dev.stepzero.ship.engine.StepOutput;
import dev.stepzero.ship.evidence.Admission;
import dev.stepzero.ship.evidence.EvidenceLog;
import dev.stepzero.ship.evidence.EvidenceReader;
import dev.stepzero.ship.image.OciLayout;
import java.time.Clock;
import java.util.List;

/** Lets a release that served before into its environment again, if it still proves what is demanded. */
final class Entrance {
    private final Home home;
    private final EvidenceLog log;
    private final KeyRings keys;
    private final Clock clock;

    Entrance(Home home, EvidenceLog log, KeyRings keys, Clock clock) {
        this.home = home;
        this.log = log;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Admits a release by what the environment demands today.
     *
     * @throws UserError with status 1 if it does not prove it
     */
    void admit(Deployment wanted, EnvironmentSpec today, StepOutput output) throws InterruptedException {
        if (!wanted.attested()) {
            admitFormer(wanted, output);
            return;
        }
        var dossier = EvidenceReader.read(OciLayout.at(home.registry()), wanted.image());
        var trusted = keys.of(wanted.project(), wanted.environment()).keys();
        var passport = new Admission(today.admission(), trusted, clock).admit(dossier, wanted.commit());
        output.line("its evidence verifies: %d statements, signed by %s"
                .formatted(passport.evidence().size(), String.join(" and ", passport.keys())));
    }

    /**
     * A release of before: its image bears no signature, but its provenance and verdict were signed by the key of the
     * installation. They must still verify.
     */
    private void admitFormer(Deployment wanted, StepOutput output) throws InterruptedException {
        var good = keys.installation().keys().stream()
                .filter(each -> each.refusal(wanted.startedAt()).isEmpty())
                .map(TrustedKey::key)
                .toList();
        var verifier = new Verifier(good);
        var found = log.about(wanted.image());
        for (var type : List.of(PredicateType.PROVENANCE, PredicateType.FORMER_VERDICT)) {
            if (found.stream().noneMatch(each -> proves(verifier, each, type, wanted.image()))) {
                throw UserError.blocked(
                                "commit %.12s was released before evidence was demanded, and its %s cannot be verified"
                                        .formatted(wanted.commit(), PredicateType.shortName(type)))
                        .fix("ship it again: stepzero ship --commit %.12s".formatted(wanted.commit()));
            }
        }
        output.line("released before images were signed: its provenance and verdict verify, more cannot be said of it");
    }

    private static boolean proves(Verifier verifier, SignedEvidence evidence, String type, Digest image) {
        try {
            var statement = verifier.verify(evidence.envelope());
            return statement.predicateType().equals(type) && statement.isAbout(image.toString());
        } catch (UserError e) {
            // Others may have signed about the same image: one that verifies is enough.
            return false;
        }
    }
}
