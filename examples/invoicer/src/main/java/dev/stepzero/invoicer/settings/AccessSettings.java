package dev.stepzero.invoicer.settings;

import java.util.Optional;

/** Who may call: an issuer's users, the admin with a password, or both. */
public record AccessSettings(Optional<OidcSettings> oidc, Optional<Secret> adminPassword) {
    private static final int SHORTEST_PASSWORD = 12;

    public static AccessSettings from(Environment environment) {
        var password = environment.secret("INVOICER_ADMIN_PASSWORD");
        if (password.isPresent() && password.get().reveal().length() < SHORTEST_PASSWORD) {
            throw UserError.settings("INVOICER_ADMIN_PASSWORD must have at least " + SHORTEST_PASSWORD + " characters");
        }
        return new AccessSettings(OidcSettings.from(environment), password);
    }
}
