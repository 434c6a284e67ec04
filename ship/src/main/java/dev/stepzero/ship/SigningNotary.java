package dev.stepzero.ship;

import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.ship.engine.Notary;
import dev.stepzero.ship.engine.SignedEvidence;

final class SigningNotary implements Notary {
    private final SigningKey key;

    SigningNotary(SigningKey key) {
        this.key = key;
    }

    @Override
    public SignedEvidence sign(String subject, String name, String predicateType, Object predicate) {
        throw new UnsupportedOperationException();
    }
}
