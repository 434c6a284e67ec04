package dev.stepzero.invoicer.settings;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The OpenID Connect issuer that knows our users.
 *
 * @param allowedEmails lower case; with {@code allowedDomains} empty too, whoever the issuer knows may sign in
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Secret clientSecret,
        URI redirectUri,
        Set<String> allowedEmails,
        Set<String> allowedDomains) {
    /** The path the issuer sends the browser back to. */
    public static final String CALLBACK = "/oauth2callback";

    private static final String PREFIX = "INVOICER_OIDC_";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public boolean admitsEverybody() {
        return allowedEmails.isEmpty() && allowedDomains.isEmpty();
    }

    static Optional<OidcSettings> from(Environment environment) {
        var any = Stream.of("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "REDIRECT_URI")
                .anyMatch(name -> environment.text(PREFIX + name).isPresent());
        return any ? Optional.of(read(environment)) : Optional.empty();
    }

    private static OidcSettings read(Environment environment) {
        var redirect = uri(environment, "REDIRECT_URI");
        if (!CALLBACK.equals(redirect.getPath())) {
            throw UserError.settings(PREFIX + "REDIRECT_URI must end in " + CALLBACK + " and have no other path");
        }
        return new OidcSettings(
                uri(environment, "ISSUER"),
                environment.required(PREFIX + "CLIENT_ID"),
                environment.requiredSecret(PREFIX + "CLIENT_SECRET"),
                redirect,
                list(environment, "ALLOWED_EMAILS"),
                list(environment, "ALLOWED_DOMAIN"));
    }

    private static URI uri(Environment environment, String name) {
        var text = environment.required(PREFIX + name);
        try {
            var uri = URI.create(text);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null
                    || "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw UserError.settings(PREFIX + name + " is no URL: " + text);
        }
        throw UserError.settings(PREFIX + name + " must be an https URL (http only on this machine): " + text);
    }

    private static Set<String> list(Environment environment, String name) {
        return environment.text(PREFIX + name).map(text -> List.of(text.split("[,\\s]+"))).orElse(List.of()).stream()
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
