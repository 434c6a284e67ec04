package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Call;
import java.time.Duration;
import java.util.Optional;

/**
 * One of our cookies. Over TLS its name has the prefix that makes a browser refuse it from anybody but this very host
 * (RFC 6265bis, 4.1.3.2); without TLS, on a developer's machine, no browser would take that.
 */
enum Cookie {
    SESSION("invoicer-session"),
    SIGN_IN("invoicer-sign-in");

    private final String plainName;

    Cookie(String plainName) {
        this.plainName = plainName;
    }

    Optional<String> from(Call call) {
        return call.cookie(name(call)).filter(value -> !value.isEmpty());
    }

    Answer set(Call call, Answer answer, String value, Duration lifetime) {
        var secure = call.secure() ? "; Secure" : "";
        return answer.with(
                "Set-Cookie",
                "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                        .formatted(name(call), value, lifetime.toSeconds(), secure));
    }

    Answer clear(Call call, Answer answer) {
        return set(call, answer, "", Duration.ZERO);
    }

    private String name(Call call) {
        return call.secure() ? "__Host-" + plainName : plainName;
    }
}
