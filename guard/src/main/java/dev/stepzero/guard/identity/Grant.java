package dev.stepzero.guard.identity;

import java.util.Optional;

/**
 * A role that somebody was given.
 *
 * @param project where it holds; empty for everywhere
 */
public record Grant(Role role, Optional<String> project) {
    public static Grant everywhere(Role role) {
        return new Grant(role, Optional.empty());
    }

    public static Grant in(String project, Role role) {
        return new Grant(role, Optional.of(project));
    }

    @Override
    public String toString() {
        return role.word() + project.map(" in "::concat).orElse(" everywhere");
    }
}
