package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.request.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out by its cookie who sends a request. One that shows a token instead is not judged by its cookies. */
final class SessionFilter extends OncePerRequestFilter {
    private final Sessions sessions;
    private final People people;
    private final SessionCookie cookie;

    SessionFilter(Sessions sessions, People people, SessionCookie cookie) {
        this.sessions = sessions;
        this.people = people;
        this.cookie = cookie;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && !request.getRequestURI().startsWith("/assets/")) {
            cookie.read(request).flatMap(secret -> principal(secret, request)).ifPresent(principal -> {
                SecurityContextHolder.setContext(new SecurityContextImpl(new SignedIn(principal)));
                request.setAttribute(RequestId.WHO, principal.name());
            });
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private Optional<Principal> principal(Secret secret, HttpServletRequest request) {
        return sessions.find(secret, Client.of(request))
                .flatMap(session -> people.find(session.person())
                        .map(person ->
                                Principal.person(person, people.roles(person.id()), session.factors(), session.id())));
    }
}
