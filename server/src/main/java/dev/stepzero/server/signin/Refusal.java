package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.errors.Audience;
import dev.stepzero.server.errors.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * What happens to a request that may not be: people who are not signed in are taken to where they can, programs get
 * 401; who is signed in gets 403, or 404 where there is nothing for anybody.
 */
final class Refusal implements AuthenticationEntryPoint, AccessDeniedHandler {
    /** Tells a refusal of the matrix from what a handler answers by itself. */
    static final String MARK = "X-Refused";

    private final Access access;

    Refusal(Access access) {
        this.access = access;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        refuse(request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        refuse(request, response);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(MARK, "access");
        var principal = access.principal();
        if (principal.filter(Principal::owesFactor).isPresent() && isPageOf(request)) {
            var step = principal.get().enrolled() ? "/sign-in/code" : "/account/authenticator";
            redirect(response, step + "?next=" + next(request));
        } else if (principal.isPresent()) {
            access.lacks(principal.get(), request).ifPresent(why -> ProblemWriter.because(request, why));
            response.sendError(
                    access.scope(request).isPresent()
                            ? HttpServletResponse.SC_FORBIDDEN
                            : HttpServletResponse.SC_NOT_FOUND);
        } else if (Audience.of(request) == Audience.PERSON
                && request.getMethod().equals("GET")) {
            var next = URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, "/sign-in?next=" + next);
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private static boolean isPageOf(HttpServletRequest request) {
        return Audience.of(request) == Audience.PERSON && request.getMethod().equals("GET");
    }

    private static String next(HttpServletRequest request) {
        return URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
    }

    private static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, path);
    }
}
