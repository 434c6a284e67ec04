package dev.stepzero.ship;

import dev.stepzero.guard.evidence.Attestor;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.engine.Notary;
import dev.stepzero.ship.engine.SignedEvidence;

/** Signs what steps attest with the key of the environment that they lead to. */
final class SigningNotary implements Notary {
    private final Attestor attestor;

    SigningNotary(SigningKey key) {
        this.attestor = new Attestor(key);
    }

    @Override
    public SignedEvidence sign(String subject, String name, String predicateType, Object predicate) {
        return new SignedEvidence(subject, predicateType, attestor.sign(subject, name, predicateType, predicate));
    }
}
