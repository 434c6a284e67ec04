package dev.stepzero.server.approvals;

import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.ship.review.Person;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The server's people as reviews know them: by name, and by the address that their commits carry. */
@Component
class Reviewers {
    private final People people;

    Reviewers(People people) {
        this.people = people;
    }

    Person of(Principal principal) {
        var email = people.find(principal.id()).map(person -> person.email()).orElse("");
        return new Person(principal.name(), Set.of(email));
    }
}
