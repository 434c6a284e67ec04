package dev.stepzero.server.federation;

import dev.stepzero.guard.identity.Challenges;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.server.oidc.CodeFlow.Binding;
import dev.stepzero.server.oidc.Hashes;
import dev.stepzero.server.oidc.PeopleService;
import dev.stepzero.server.signin.NextPage;
import dev.stepzero.server.signin.SessionCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sign-ins that were begun at another service. Nothing is stored: what the answer must fit is a random value in a cookie
 * of the browser that began, and a sealed challenge that goes with it, which counts once and for five minutes.
 */
@Component
final class Questions {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final String NOBODY = "-";

    private final Challenges challenges;
    private final SecureRandom random;
    private final SessionCookie cookie;

    Questions(Challenges challenges, SecureRandom random, SessionCookie cookie) {
        this.challenges = challenges;
        this.random = random;
        this.cookie = cookie;
    }

    /**
     * What was asked.
     *
     * @param linking who binds an account to themselves; empty for a sign-in
     * @param next where the browser goes afterwards
     */
    record Question(Binding binding, Optional<Long> linking, String next) {}

    /** Begins one, and leaves its half in the browser. */
    Binding ask(PeopleService service, Optional<Long> linking, String next, HttpServletResponse response) {
        var kept = String.join(
                ".",
                Secret.random("", random).text(),
                linking.map(String::valueOf).orElse(NOBODY),
                Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8)));
        cookie.writeQuestion(kept, LIFE, response);
        return binding(state(service, kept), kept);
    }

    private String state(PeopleService service, String kept) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(challenges.make(purpose(service, kept)));
    }

    /** The question that an answer belongs to; empty if this browser asked none, or it was answered. */
    Optional<Question> answered(
            PeopleService service, String state, HttpServletRequest request, HttpServletResponse response) {
        var kept = cookie.question(request);
        cookie.writeQuestion("", Duration.ZERO, response);
        return kept.filter(text -> isOurs(service, state, text)).map(text -> read(state, text));
    }

    private boolean isOurs(PeopleService service, String state, String kept) {
        try {
            return challenges.answer(Base64.getUrlDecoder().decode(state), purpose(service, kept));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Question read(String state, String kept) {
        var parts = kept.split("\\.", -1);
        var linking = parts[1].equals(NOBODY) ? Optional.<Long>empty() : Optional.of(Long.valueOf(parts[1]));
        var next = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
        return new Question(binding(state, kept), linking, NextPage.of(next));
    }

    private static Binding binding(String state, String kept) {
        return new Binding(state, Hashes.encoded("nonce " + kept), Hashes.encoded("verifier " + kept));
    }

    private static String purpose(PeopleService service, String kept) {
        return "sign-in at %s %s %s".formatted(service.name(), service.issuer().address(), Hashes.encoded(kept));
    }
}
