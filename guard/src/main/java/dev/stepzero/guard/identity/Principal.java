package dev.stepzero.guard.identity;

import java.util.Optional;
import java.util.Set;

/**
 * Who acts in a request.
 *
 * @param kind what it is
 * @param id the person's or the token's number
 * @param name what the ledger and pages call it
 * @param roles what it may, where
 * @param factors how it proved itself; empty for machines
 * @param session the session's number, for people
 */
public record Principal(Kind kind, long id, String name, Roles roles, Set<Factor> factors, Optional<Long> session) {

    public enum Kind {
        PERSON,
        TOKEN,
        MACHINE
    }

    public Principal {
        factors = Set.copyOf(factors);
    }

    public static Principal person(Person person, Roles roles, Set<Factor> factors, long session) {
        return new Principal(Kind.PERSON, person.id(), person.name(), roles, factors, Optional.of(session));
    }

    /** Whether a second factor is still owed, because a role can change production. */
    public boolean owesFactor() {
        return kind == Kind.PERSON && roles.changeProduction() && !Factor.areTwo(factors);
    }

    public boolean has(Role role, String project) {
        return roles.in(project).contains(role);
    }
}
