package dev.stepzero.server.access;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One row of the matrix: a request and who may send it.
 *
 * @param roles those that may, where the scope asks for any
 */
public record AccessRow(HttpMethod method, PathPattern path, Scope scope, Set<Role> roles) {

    /** As the matrix names it: {@code GET /projects/{project}}. */
    public String request() {
        return method + " " + path.getPatternString();
    }

    boolean matches(HttpMethod asked, PathContainer at) {
        var same = asked.equals(method) || (asked.equals(HttpMethod.HEAD) && method.equals(HttpMethod.GET));
        return same && path.matches(at);
    }

    /** Whether somebody signed in may send this. */
    boolean allows(Principal principal, PathContainer at) {
        return switch (scope) {
            case EVERYONE, MACHINE -> true;
            case HALF -> isPerson(principal);
            case PERSON -> isPerson(principal) && !principal.owesFactor();
            case CALLER -> mayAct(principal);
            case ANY -> mayAct(principal) && principal.roles().hasAny(roles);
            case SERVER -> mayAct(principal) && anyOf(principal.roles().everywhere());
            case PROJECT -> mayAct(principal) && anyOf(principal.roles().in(project(at)));
        };
    }

    /** What somebody lacks who may not send this, as a sentence. */
    String lacks(Principal principal) {
        if (principal.owesFactor()) {
            return "Show your second factor first.";
        }
        if (!mayAct(principal)) {
            return "This token only reads; make one that also writes.";
        }
        if (!scope.asksForRoles()) {
            return "This is for people who have signed in, and not for tokens.";
        }
        var words = roles.stream().map(Role::word).sorted().collect(Collectors.joining(" or "));
        return "This takes the role %s %s."
                .formatted(
                        words,
                        switch (scope) {
                            case SERVER -> "everywhere";
                            case PROJECT -> "in this project, or everywhere";
                            default -> "in some project";
                        });
    }

    private static boolean isPerson(Principal principal) {
        return principal.kind() == Principal.Kind.PERSON;
    }

    private boolean mayAct(Principal principal) {
        return !principal.owesFactor() && (principal.writes() || method.equals(HttpMethod.GET));
    }

    private String project(PathContainer at) {
        var match = path.matchAndExtract(at);
        return match == null ? "" : match.getUriVariables().getOrDefault("project", "");
    }

    private boolean anyOf(Set<Role> held) {
        return !Collections.disjoint(held, roles);
    }
}
