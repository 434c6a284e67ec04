package dev.stepzero.server.git;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.server.access.Access;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.own.Pusher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Who may do what with a repository: the check that the matrix leaves to this endpoint. A token counts and a cookie does
 * not, for nothing else here keeps a page elsewhere from sending a browser.
 */
@Component
class GitCallers {
    private static final Set<Role> PUSHES = Set.of(Role.DEVELOPER, Role.ADMINISTRATOR);

    private final Access access;
    private final Endpoints endpoints;

    GitCallers(Access access, Endpoints endpoints) {
        this.access = access;
        this.endpoints = endpoints;
    }

    /** The project, if the caller may fetch from it or push to it; else the answer is written. */
    Optional<ForgeProject> project(String name, boolean push, HttpServletResponse response) throws IOException {
        var caller = access.principal().filter(principal -> principal.kind() != Principal.Kind.PERSON);
        if (caller.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Stepzero\", charset=\"UTF-8\"");
            GitAnswer.text(
                    response,
                    HttpServletResponse.SC_UNAUTHORIZED,
                    "Give any name, and a token as the password. Make one in Stepzero under Account, Tokens.");
            return Optional.empty();
        }
        var roles = caller.get().roles().in(name);
        var project = roles.isEmpty()
                ? Optional.<ForgeProject>empty()
                : endpoints.find(name).filter(found -> found.forge() == Forge.STEPZERO);
        if (project.isEmpty()) {
            GitAnswer.text(response, HttpServletResponse.SC_NOT_FOUND, "There is no such repository.");
            return Optional.empty();
        }
        if (push && (!caller.get().writes() || Collections.disjoint(roles, PUSHES))) {
            GitAnswer.text(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "This token may not push: it needs the role of a developer, and to be made for writing.");
            return Optional.empty();
        }
        return project;
    }

    /** Who pushes, after {@link #project} has let them. */
    Pusher pusher(ForgeProject project, Source source) {
        var principal = access.principal().orElseThrow();
        return new Pusher(
                new Actor(principal.name(), "token:" + principal.id(), source.address()),
                account(principal),
                principal.has(Role.ADMINISTRATOR, project.name()));
    }

    /** A token is called by its owner's name, a stroke, which no name of a person has, and its own. */
    private static String account(Principal principal) {
        var name = principal.name();
        return principal.kind() == Principal.Kind.TOKEN ? name.substring(0, name.indexOf('/')) : name;
    }
}
