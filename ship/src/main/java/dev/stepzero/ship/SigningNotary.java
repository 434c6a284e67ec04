package dev.stepzero.ship;

import dev.stepzero.core.Home;
import dev.stepzero.guard.evidence.Attestor;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.engine.Notary;
import dev.stepzero.ship.engine.SignedEvidence;

/** Signs what steps attest with this installation's key. */
final class SigningNotary implements Notary {
    private final Attestor attestor;

    SigningNotary(Home home) {
        this.attestor = new Attestor(SigningKey.in(home.keys()));
    }

    @Override
    public SignedEvidence sign(String subject, String name, String predicateType, Object predicate) {
        return new SignedEvidence(subject, predicateType, attestor.sign(subject, name, predicateType, predicate));
    }
}
