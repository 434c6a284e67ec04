package dev.stepzero.server.people;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Duties;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.identity.Source;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Gives roles to people and takes them back, and lets people in or not; each of it stands in the ledger. */
@Component
public class GivenRoles {
    private final People people;
    private final Sessions sessions;
    private final Audit audit;

    GivenRoles(People people, Sessions sessions, Audit audit) {
        this.people = people;
        this.sessions = sessions;
        this.audit = audit;
    }

    /** Somebody. @throws ResponseStatusException 404 if there is nobody of that number */
    public Person find(long person) {
        return people.find(person).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Gives a role. @throws UserError if it were to go to whoever gives it, or to the owner of the token that does */
    public void give(long person, Grant grant, Principal by, Source source) {
        var receiver = find(person);
        Duties.againstGrant(by, receiver).ifPresent(why -> {
            throw UserError.blocked(why);
        });
        people.grant(person, grant);
        record("role.give", receiver.name() + ": " + grant, by, source);
    }

    /** Takes a role back. @throws UserError if nobody would be left who can give roles */
    public void withdraw(long person, Grant grant, Principal by, Source source) {
        var receiver = find(person);
        people.withdraw(person, grant);
        record("role.withdraw", receiver.name() + ": " + grant, by, source);
    }

    /** Lets somebody sign in, or ends all that they have open. @throws UserError if nobody would be left */
    public void setActive(long person, boolean active, Principal by, Source source) {
        var found = find(person);
        people.setActive(person, active);
        if (!active) {
            sessions.endAll(person);
        }
        record(active ? "person.let-in" : "person.shut-out", found.name(), by, source);
    }

    private void record(String action, String on, Principal by, Source source) {
        audit.record(Audit.Entry.done(action, by.name(), on, source));
    }
}
