package dev.stepzero.server.people;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.federation.FederatedIdentities;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.oidc.Services;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Where administrators invite people and give roles. */
@Controller
class PeoplePage {
    private final Access access;
    private final People people;
    private final Credentials credentials;
    private final GivenRoles given;
    private final Invitations invitations;
    private final FederatedIdentities accounts;
    private final Services services;
    private final Sessions sessions;
    private final Audit audit;

    PeoplePage(
            Access access,
            People people,
            Credentials credentials,
            GivenRoles given,
            Invitations invitations,
            FederatedIdentities accounts,
            Services services,
            Sessions sessions,
            Audit audit) {
        this.access = access;
        this.people = people;
        this.credentials = credentials;
        this.given = given;
        this.invitations = invitations;
        this.accounts = accounts;
        this.services = services;
        this.sessions = sessions;
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

    /** Binds an account at a sign-in service, for somebody who was here before the service was. */
    @PostMapping("/people/{person}/accounts")
    Object bind(
            @PathVariable long person,
            @RequestParam String service,
            @RequestParam String subject,
            HttpServletRequest request) {
        var owner = given.find(person);
        var issuer = services.people(service)
                .orElseThrow(() -> UserError.usage("there is no sign-in service '%.40s'".formatted(service))
                        .fix("choose one of the list"))
                .issuer()
                .address()
                .toString();
        accounts.link(person, issuer, subject.strip(), "");
        record("account.link", "%s: %s at %s".formatted(owner.name(), subject.strip(), issuer), request);
        return Entrance.redirect("/people");
    }

    @PostMapping("/people/{person}/accounts/{account}/remove")
    Object unbind(@PathVariable long person, @PathVariable long account, HttpServletRequest request) {
        var owner = given.find(person);
        if (!accounts.unlink(person, account)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        // Who came in by it does not stay.
        sessions.endAll(person);
        record("account.unlink", owner.name() + ": account " + account, request);
        return Entrance.redirect("/people");
    }

    private Page link(Person person) {
        return page(
                person.name(),
                "/set-up?token=" + invitations.invite(person.id()).text());
    }

    private Page page(String invited, String link) {
        return Page.of("people/people", "People")
                .with("services", services.people())
                .with("people", people.all().stream().map(this::row).toList())
                .with("invited", invited)
                .with("link", link);
    }

    private PersonRow row(Person person) {
        return new PersonRow(
                person,
                people.grants(person.id()),
                people.byGroups(person.id()),
                accounts.of(person.id()),
                credentials.hasTotp(person.id()));
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
