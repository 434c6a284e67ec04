package dev.stepzero.guard.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The roles of one person or machine.
 *
 * @param everywhere those that hold for every project and for the server itself
 * @param byProject those that hold for one project, by its name
 */
public record Roles(Set<Role> everywhere, Map<String, Set<Role>> byProject) {
    public static final Roles NONE = new Roles(Set.of(), Map.of());

    public Roles {
        everywhere = Set.copyOf(everywhere);
        byProject = Map.copyOf(byProject);
    }

    /** These roles and those that a grant adds. */
    public Roles with(Grant grant) {
        if (grant.project().isEmpty()) {
            return new Roles(joined(everywhere, grant.role()), byProject);
        }
        var projects = new HashMap<>(byProject);
        projects.merge(grant.project().get(), Set.of(grant.role()), (some, more) -> joined(some, grant.role()));
        return new Roles(everywhere, projects);
    }

    /** The roles that count in a project. */
    public Set<Role> in(String project) {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(everywhere);
        roles.addAll(byProject.getOrDefault(project, Set.of()));
        return roles;
    }

    /** The roles that are held anywhere. */
    public Set<Role> anywhere() {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(everywhere);
        byProject.values().forEach(roles::addAll);
        return roles;
    }

    public boolean hasAny(Set<Role> wanted) {
        return !Collections.disjoint(anywhere(), wanted);
    }

    /** Whether one of them can change what runs in production. */
    public boolean changeProduction() {
        return anywhere().stream().anyMatch(Role::changesProduction);
    }

    private static Set<Role> joined(Set<Role> some, Role another) {
        var all = EnumSet.of(another);
        all.addAll(some);
        return all;
    }
}
