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
 * @param enrolled whether the person has a second factor to show
 * @param writes whether it may change anything; people may, a token only if it was made so
 */
public record Principal(
        Kind kind,
        long id,
        String name,
        Roles roles,
        Set<Factor> factors,
        Optional<Long> session,
        boolean enrolled,
        boolean writes) {

    public enum Kind {
        PERSON,
        TOKEN,
        MACHINE
    }

    public Principal {
        factors = Set.copyOf(factors);
    }

    public static Principal person(Person person, Roles roles, Session session, boolean enrolled) {
        return new Principal(
                Kind.PERSON,
                person.id(),
                person.name(),
                roles,
                session.factors(),
                Optional.of(session.id()),
                enrolled,
                true);
    }

    public static Principal token(ApiToken token, String owner) {
        return new Principal(
                token.person().isPresent() ? Kind.TOKEN : Kind.MACHINE,
                token.id(),
                owner.isEmpty() ? token.name() : owner + "/" + token.name(),
                Roles.NONE.with(token.grant()),
                Set.of(),
                Optional.empty(),
                false,
                token.writes());
    }

    /** Whether a second factor is still owed: because a role can change production, or because there is one to show. */
    public boolean owesFactor() {
        return kind == Kind.PERSON && (enrolled || roles.changeProduction()) && !Factor.areTwo(factors);
    }

    /** The person who acts, or whose token does; a machine's own name. */
    public String owner() {
        return name.split("/", 2)[0];
    }

    public boolean has(Role role, String project) {
        return roles.in(project).contains(role);
    }
}
