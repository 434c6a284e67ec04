package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.ApiToken;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.guard.identity.Session;
import dev.stepzero.guard.identity.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Who sends a request: a person by the cookie of their session, or a program by a token, as {@code Bearer} or, as git
 * does it, as the password of {@code Basic}. A request that shows a token is not judged by its cookies.
 */
@Component
class Callers {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final Sessions sessions;
    private final People people;
    private final Credentials credentials;
    private final ApiTokens tokens;
    private final SessionCookie cookie;

    Callers(Sessions sessions, People people, Credentials credentials, ApiTokens tokens, SessionCookie cookie) {
        this.sessions = sessions;
        this.people = people;
        this.credentials = credentials;
        this.tokens = tokens;
        this.cookie = cookie;
    }

    Optional<Principal> of(HttpServletRequest request) {
        if (request.getRequestURI().startsWith("/assets/")) {
            return Optional.empty();
        }
        var shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (shown != null) {
            return secret(shown)
                    .flatMap(secret -> tokens.find(secret, Client.of(request)))
                    .flatMap(this::principal);
        }
        return cookie.read(request)
                .flatMap(secret -> sessions.find(secret, Client.of(request)))
                .flatMap(session -> people.find(session.person()).map(person -> principal(person, session)));
    }

    private Principal principal(Person person, Session session) {
        return Principal.person(person, people.roles(person.id()), session, credentials.hasSecondFactor(person.id()));
    }

    /** A token gives nothing that its person does not have any more. */
    private Optional<Principal> principal(ApiToken token) {
        if (token.person().isEmpty()) {
            return Optional.of(Principal.token(token, ""));
        }
        return people.find(token.person().get())
                .filter(Person::active)
                .filter(person -> ApiTokens.covers(people.roles(person.id()), token.grant()))
                .map(person -> Principal.token(token, person.name()));
    }

    private static Optional<Secret> secret(String shown) {
        var scheme = shown.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return Optional.of(new Secret(shown.substring(BEARER.length()).strip()));
        }
        return scheme.startsWith(BASIC)
                ? password(shown.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static Optional<Secret> password(String basic) {
        try {
            var pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(new Secret(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
