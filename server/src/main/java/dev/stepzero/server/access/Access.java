package dev.stepzero.server.access;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.ledger.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Holds every request to the matrix. */
@Component
public class Access implements AuthorizationManager<RequestAuthorizationContext> {
    private final AccessMatrix matrix = AccessMatrix.ofProgram();

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        var request = context.getRequest();
        var path = PathContainer.parsePath(request.getRequestURI());
        var row = matrix.row(HttpMethod.valueOf(request.getMethod()), path);
        if (row.isEmpty()) {
            return new AuthorizationDecision(false);
        }
        return switch (row.get().scope()) {
            case EVERYONE, MACHINE -> new AuthorizationDecision(true);
            default ->
                new AuthorizationDecision(principal(authentication.get())
                        .filter(one -> row.get().allows(one, path))
                        .isPresent());
        };
    }

    /** Whether somebody may send a request, to show or hide what leads to it. */
    public boolean allows(Principal principal, HttpMethod method, String path) {
        var parsed = PathContainer.parsePath(path);
        return matrix.row(method, parsed)
                .filter(row -> row.allows(principal, parsed))
                .isPresent();
    }

    /** Who may send which request. */
    public AccessMatrix matrix() {
        return matrix;
    }

    /** What a request takes that its sender lacks, as a sentence; empty where the matrix lets them, or has no such one. */
    public Optional<String> lacks(Principal principal, HttpServletRequest request) {
        var path = PathContainer.parsePath(request.getRequestURI());
        return matrix.row(HttpMethod.valueOf(request.getMethod()), path)
                .filter(row -> !row.allows(principal, path))
                .map(row -> row.lacks(principal));
    }

    /** The scope that the matrix gives to a request. */
    public Optional<Scope> scope(HttpServletRequest request) {
        return matrix.row(HttpMethod.valueOf(request.getMethod()), PathContainer.parsePath(request.getRequestURI()))
                .map(AccessRow::scope);
    }

    /** Who sends the request that this thread answers. */
    public Optional<Principal> principal() {
        return principal(SecurityContextHolder.getContext().getAuthentication());
    }

    /** What of all projects they may see. */
    public Sight sight() {
        return principal().map(Sight::of).orElseGet(() -> new Sight(false, List.of()));
    }

    /** What of all projects they may see by this request: those where they hold a role that its row names. */
    public Sight sight(HttpServletRequest request) {
        var row = matrix.row(HttpMethod.valueOf(request.getMethod()), PathContainer.parsePath(request.getRequestURI()));
        return principal()
                .flatMap(one -> row.map(each -> Sight.of(one, each.roles())))
                .orElseGet(() -> new Sight(false, List.of()));
    }

    /** The same, as the ledger names them. */
    public Actor actor(HttpServletRequest request) {
        return principal()
                .map(one ->
                        new Actor(one.name(), one.session().map(String::valueOf).orElse(""), request.getRemoteAddr()))
                .orElseGet(() -> new Actor("", "", request.getRemoteAddr()));
    }

    private static Optional<Principal> principal(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Principal principal
                ? Optional.of(principal)
                : Optional.empty();
    }
}
