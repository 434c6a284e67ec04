package dev.stepzero.server.access;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * What of all projects somebody may see.
 *
 * @param everything whether a role of theirs holds everywhere
 * @param projects those in which they have a role, by name
 */
public record Sight(boolean everything, List<String> projects) {
    public Sight {
        projects = List.copyOf(projects);
    }

    static Sight of(Principal principal) {
        var roles = principal.roles();
        return new Sight(
                !roles.everywhere().isEmpty(),
                roles.byProject().keySet().stream().sorted().toList());
    }

    /** Only where one of these roles is held. */
    static Sight of(Principal principal, Set<Role> roles) {
        var held = principal.roles();
        return new Sight(
                !Collections.disjoint(held.everywhere(), roles),
                held.byProject().entrySet().stream()
                        .filter(each -> !Collections.disjoint(each.getValue(), roles))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }

    public boolean sees(String project) {
        return everything || projects.contains(project);
    }

    /**
     * The one project that a list is about; empty: all of them. Who sees some projects only sees one of them at a time,
     * so that every list is read in the order of an index.
     *
     * @param asked what the viewer chose; empty for no choice
     * @throws ResponseStatusException 404 if they may not see it
     */
    public Optional<String> narrowed(String asked) {
        if (asked.isEmpty()) {
            return everything ? Optional.empty() : projects.stream().findFirst();
        }
        if (!sees(asked)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return Optional.of(asked);
    }
}
