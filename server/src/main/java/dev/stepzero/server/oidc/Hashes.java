package dev.stepzero.server.oidc;

import dev.stepzero.guard.identity.Secret;
import java.util.Base64;

/** SHA-256 as URLs carry it. */
public final class Hashes {
    private Hashes() {}

    /** Base 64 for URLs of the digest of a text. */
    public static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(new Secret(text).hash());
    }
}
