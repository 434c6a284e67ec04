package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.http.HttpHeaders;

/** Where a request comes from. */
public final class Client {
    private Client() {}

    public static Source of(HttpServletRequest request) {
        return new Source(
                request.getRemoteAddr(), Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), ""));
    }
}
