package dev.stepzero.server.people;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where administrators invite people and give roles. */
@Controller
class PeoplePage {
    private final Access access;
    private final People people;
    private final Credentials credentials;
    private final GivenRoles given;
    private final Invitations invitations;
    private final Audit audit;

    PeoplePage(
            Access access,
            People people,
            Credentials credentials,
            GivenRoles given,
            Invitations invitations,
            Audit audit) {
        this.access = access;
        this.people = people;
        this.credentials = credentials;
        this.given = given;
        this.invitations = invitations;
        this.audit = audit;
    }

    @GetMapping("/people")
    Page show() {
        return page("", "");
    }

    @PostMapping("/people")
    Page invite(
            @RequestParam String name,
            @RequestParam(defaultValue = "") String displayName,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request) {
        var person = people.add(name, displayName, email);
        record("person.add", person.name(), request);
        return link(person);
    }

    /** A new link, for who lost their password. */
    @PostMapping("/people/{person}/link")
    Page newLink(@PathVariable long person, HttpServletRequest request) {
        var found = given.find(person);
        record("person.link", found.name(), request);
        return link(found);
    }

    @PostMapping("/people/{person}/roles")
    Object grant(
            @PathVariable long person,
            @RequestParam String role,
            @RequestParam(defaultValue = "") String project,
            HttpServletRequest request) {
        given.give(person, grant(role, project), principal(), Client.of(request));
        return Entrance.redirect("/people");
    }

    @PostMapping("/people/{person}/roles/withdraw")
    Object withdraw(
            @PathVariable long person,
            @RequestParam String role,
            @RequestParam(defaultValue = "") String project,
            HttpServletRequest request) {
        given.withdraw(person, grant(role, project), principal(), Client.of(request));
        return Entrance.redirect("/people");
    }

    @PostMapping("/people/{person}/active")
    Object setActive(@PathVariable long person, @RequestParam boolean active, HttpServletRequest request) {
        given.setActive(person, active, principal(), Client.of(request));
        return Entrance.redirect("/people");
    }

    private Page link(Person person) {
        return page(
                person.name(),
                "/set-up?token=" + invitations.invite(person.id()).text());
    }

    private Page page(String invited, String link) {
        return Page.of("people/people", "People")
                .with("people", people.all().stream().map(this::row).toList())
                .with("invited", invited)
                .with("link", link);
    }

    private PersonRow row(Person person) {
        return new PersonRow(person, people.grants(person.id()), credentials.hasTotp(person.id()));
    }

    private Principal principal() {
        return access.principal().orElseThrow();
    }

    private static Grant grant(String role, String project) {
        var where = Optional.of(project.strip()).filter(text -> !text.isEmpty());
        return Role.of(role)
                .map(one -> new Grant(one, where))
                .orElseThrow(() ->
                        UserError.usage("there is no role '%s'".formatted(role)).fix("choose one of the list"));
    }

    private void record(String action, String on, HttpServletRequest request) {
        audit.record(Audit.Entry.done(action, principal().name(), on, Client.of(request)));
    }
}
