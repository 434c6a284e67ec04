package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.database.Database;
import dev.stepzero.invoicer.http.Route;
import dev.stepzero.invoicer.http.Routes;
import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.log.AppLog.Severity;
import dev.stepzero.invoicer.settings.AccessSettings;
import dev.stepzero.invoicer.settings.OidcSettings;
import dev.stepzero.invoicer.settings.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The guard in front of the routes, and the routes for signing in and out. */
public record Access(Routes.Guard guard, List<Route> routes) {
    /** @param announce told, once, the admin's password where it had to be made up */
    public static Access from(
            AccessSettings settings, Database database, Clock clock, AppLog log, Consumer<String> announce) {
        var random = new SecureRandom();
        var sessions = new Sessions(database, clock, random);
        settings.oidc()
                .filter(OidcSettings::admitsEverybody)
                .ifPresent(_ -> log.message(
                        Severity.WARNING,
                        "whoever the issuer knows may sign in: neither INVOICER_OIDC_ALLOWED_DOMAIN nor"
                                + " INVOICER_OIDC_ALLOWED_EMAILS is set"));
        var signIn = settings.oidc().map(oidc -> new SignIn(oidc, sessions, random, log));
        var password = password(settings, random, announce).map(secret -> new AdminPassword(secret, random));
        var gate = new Gate(password, signIn.isPresent(), sessions, new Throttle(clock));
        return new Access(gate, signIn.map(SignIn::routes).orElse(List.of()));
    }

    /** Where people sign in through an issuer, there is an admin only if somebody chose a password. */
    private static Optional<Secret> password(AccessSettings settings, SecureRandom random, Consumer<String> announce) {
        if (settings.adminPassword().isPresent() || settings.oidc().isPresent()) {
            return settings.adminPassword();
        }
        var generated = Token.random(random);
        announce.accept(generated);
        return Optional.of(new Secret(generated));
    }
}
