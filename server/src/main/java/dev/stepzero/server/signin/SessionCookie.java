package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Devices;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.ServerSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie that holds a session's secret. Its {@code __Host-} prefix lets no other host and no plain connection set
 * it; on loopback without TLS, where browsers differ in what they accept, it goes without.
 */
@Component
public class SessionCookie {
    private final boolean secure;

    SessionCookie(ServerSettings settings) {
        this.secure = settings.secure();
    }

    /** The name of one of our cookies, as this server's connection allows. */
    String name(String what) {
        return secure ? "__Host-" + what : "stepzero-" + what;
    }

    Optional<Secret> read(HttpServletRequest request) {
        return read("session", request);
    }

    /** The secret by which we know a browser again. */
    public Optional<Secret> device(HttpServletRequest request) {
        return read("device", request);
    }

    private Optional<Secret> read(String what, HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name(what)))
                        .map(cookie -> new Secret(cookie.getValue()))
                        .findFirst();
    }

    void write(Secret secret, HttpServletResponse response) {
        set("session", secret.text(), Sessions.LONGEST, response);
    }

    void writeDevice(Secret secret, HttpServletResponse response) {
        set("device", secret.text(), Devices.REMEMBERED, response);
    }

    /** What a sign-in at another service is recognised by when it comes back. */
    public Optional<String> question(HttpServletRequest request) {
        return read("question", request).map(Secret::text);
    }

    /** Remembers a sign-in at another service for so long; an empty text forgets it. */
    public void writeQuestion(String text, Duration age, HttpServletResponse response) {
        set("question", text, age, response);
    }

    void clear(HttpServletResponse response) {
        set("session", "", Duration.ZERO, response);
    }

    private void set(String what, String value, Duration age, HttpServletResponse response) {
        var cookie = ResponseCookie.from(name(what), value)
                .path("/")
                .secure(secure)
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
