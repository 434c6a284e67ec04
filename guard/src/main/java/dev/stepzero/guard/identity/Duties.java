package dev.stepzero.guard.identity;

import java.util.Optional;
import java.util.Set;

/**
 * What nobody may do alone, whatever their roles: the separation of duties. Each rule answers why not, as a sentence;
 * empty if it may be.
 */
public final class Duties {
    private Duties() {}

    /**
     * Whoever wrote any part of a change cannot approve it, and only an approver can.
     *
     * @param authors the numbers of all people who wrote or committed a part
     */
    public static Optional<String> againstApproval(Principal who, String project, Set<Long> authors) {
        if (who.kind() != Principal.Kind.PERSON) {
            return Optional.of("Only a person can approve.");
        }
        if (authors.contains(who.id())) {
            return Optional.of("Who wrote a change cannot approve it.");
        }
        return who.has(Role.APPROVER, project) ? Optional.empty() : Optional.of("Only an approver can approve.");
    }

    /** Whoever asks for a waiver does not decide on it, and only security decides. */
    public static Optional<String> againstWaiver(Principal who, String project, long requester) {
        if (who.kind() != Principal.Kind.PERSON) {
            return Optional.of("Only a person can accept a risk.");
        }
        if (who.id() == requester) {
            return Optional.of("Who asks for a waiver cannot decide on it.");
        }
        return who.has(Role.SECURITY, project)
                ? Optional.empty()
                : Optional.of("Only somebody of security can decide on a waiver.");
    }

    /** Nobody takes their own second factors away as an administrator: whoever sits at their desk could. */
    public static Optional<String> againstReset(Principal who, long person) {
        return who.kind() == Principal.Kind.PERSON && who.id() == person
                ? Optional.of("Nobody resets their own second factors; ask another administrator.")
                : Optional.empty();
    }

    /** Nobody gives a role to themselves. */
    public static Optional<String> againstGrant(Principal who, Person receiver) {
        return who.owner().equals(receiver.name())
                ? Optional.of("Nobody gives a role to themselves; ask another administrator.")
                : Optional.empty();
    }
}
