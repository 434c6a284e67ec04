package dev.stepzero.server.api;

import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Body;
import dev.stepzero.server.api.answer.Filters;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.answer.Paged;
import dev.stepzero.server.api.shape.Says;
import dev.stepzero.server.people.GivenRoles;
import dev.stepzero.server.signin.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** People and their roles. Who is invited gets a link, which is a secret: only the page shows it, once. */
@Controller
class PeopleApi {
    private final Access access;
    private final People people;
    private final Credentials credentials;
    private final GivenRoles given;

    PeopleApi(Access access, People people, Credentials credentials, GivenRoles given) {
        this.access = access;
        this.people = people;
        this.credentials = credentials;
        this.given = given;
    }

    /** A role that somebody has. */
    record GrantRecord(
            Role role,

            @Says(value = "Where it holds; missing for everywhere.", longest = 100)
            Optional<String> project) {
        static GrantRecord of(Grant grant) {
            return new GrantRecord(grant.role(), grant.project());
        }

        Grant grant() {
            return new Grant(role, project);
        }
    }

    /** Somebody who may sign in. */
    record PersonRecord(
            long id,
            String name,
            String displayName,
            Optional<String> email,
            boolean active,

            @Says("Whether they have an authenticator application.")
            boolean enrolled,

            Instant createdAt,
            List<GrantRecord> roles) {}

    /** Whether somebody may sign in. */
    record Activity(boolean active) {}

    @GetMapping("/api/v1/people")
    @Operation("Everybody, by name, with their roles.")
    Answer<Paged<PersonRecord>> list(@Filters PageQuery query) {
        var rows = people.page(query.after().orElse(""), query.size() + 1);
        return Answer.of(Paged.of(rows, query.size(), this::record, Person::name));
    }

    private PersonRecord record(Person person) {
        return new PersonRecord(
                person.id(),
                person.name(),
                person.displayName(),
                Optional.of(person.email()).filter(text -> !text.isEmpty()),
                person.active(),
                credentials.hasTotp(person.id()),
                person.created(),
                people.grants(person.id()).stream().map(GrantRecord::of).toList());
    }

    @GetMapping("/api/v1/people/{person}")
    @Operation("Somebody, with their roles.")
    Answer<PersonRecord> show(@PathVariable long person) {
        return Answer.of(record(given.find(person)));
    }

    @PostMapping("/api/v1/people/{person}/roles")
    @Operation("Gives a role; nobody gives one to themselves.")
    Answer<PersonRecord> give(@PathVariable long person, @Body GrantRecord role, HttpServletRequest request) {
        given.give(person, role.grant(), access.principal().orElseThrow(), Client.of(request));
        return show(person);
    }

    @PostMapping("/api/v1/people/{person}/roles/withdrawal")
    @Operation("Takes a role back.")
    Answer<PersonRecord> withdraw(@PathVariable long person, @Body GrantRecord role, HttpServletRequest request) {
        given.withdraw(person, role.grant(), access.principal().orElseThrow(), Client.of(request));
        return show(person);
    }

    @PutMapping("/api/v1/people/{person}/active")
    @Operation("Lets somebody sign in, or not, which ends their sessions.")
    Answer<PersonRecord> setActive(@PathVariable long person, @Body Activity activity, HttpServletRequest request) {
        given.setActive(person, activity.active(), access.principal().orElseThrow(), Client.of(request));
        return show(person);
    }
}
