package dev.stepzero.invoicer.access;

import java.security.SecureRandom;

/**
 * One attempt to sign in, known by a secret in the browser's cookie. State, nonce and PKCE verifier follow from it:
 * nothing has to be kept here, several instances can share the work, and an answer counts only in the browser that
 * asked.
 */
record Attempt(String secret) {
    static Attempt begin(SecureRandom random) {
        return new Attempt(Token.random(random));
    }

    String state() {
        return Token.derive(secret, "state");
    }

    String nonce() {
        return Token.derive(secret, "nonce");
    }

    String verifier() {
        return Token.derive(secret, "verifier");
    }
}
