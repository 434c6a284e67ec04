package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Devices;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.Invitations.Invitation;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.server.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a one-time link leads: its owner chooses a password, and the first administrator also a name. */
@Controller
class SetUpPage {
    private final Invitations invitations;
    private final People people;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Devices devices;
    private final Entrance entrance;
    private final Audit audit;

    SetUpPage(
            Invitations invitations,
            People people,
            Credentials credentials,
            Sessions sessions,
            Devices devices,
            Entrance entrance,
            Audit audit) {
        this.invitations = invitations;
        this.people = people;
        this.credentials = credentials;
        this.sessions = sessions;
        this.devices = devices;
        this.entrance = entrance;
        this.audit = audit;
    }

    @GetMapping("/set-up")
    Page show(@RequestParam(defaultValue = "") String token) {
        var secret = new Secret(token);
        return invitations
                .find(secret)
                .map(invitation -> page(secret, invitation, "", ""))
                .orElseGet(SetUpPage::spent);
    }

    @PostMapping("/set-up")
    Object setUp(
            @RequestParam String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        var secret = new Secret(token);
        var invitation = invitations.find(secret);
        if (invitation.isEmpty()) {
            return spent();
        }
        var known = name(invitation.get()).orElseGet(() -> People.nameOf(name));
        var wrong = credentials.refuse(password, known, "stepzero", request.getServerName());
        if (wrong.isPresent()) {
            return page(secret, invitation.get(), name, wrong.get()).status(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        if (!invitations.use(secret)) {
            return spent();
        }
        var person = owner(invitation.get(), name);
        credentials.setPassword(person.id(), password);
        // Whoever knew the former password is out.
        sessions.endAll(person.id());
        devices.forget(person.id());
        audit.record(Audit.Entry.done("password.set", person.name(), person.name(), Client.of(request)));
        return entrance.admit(person, Factor.PASSWORD, "/", request, response);
    }

    private Person owner(Invitation invitation, String name) {
        return invitation.person().map(id -> people.find(id).orElseThrow()).orElseGet(() -> {
            var first = people.add(name, name, "");
            people.grant(first.id(), Grant.everywhere(Role.ADMINISTRATOR));
            return first;
        });
    }

    private Optional<String> name(Invitation invitation) {
        return invitation.person().flatMap(people::find).map(Person::name);
    }

    private Page page(Secret secret, Invitation invitation, String name, String wrong) {
        return Page.of("signin/set-up", "Welcome")
                .with("token", secret.text())
                .with("first", invitation.person().isEmpty())
                .with("name", name(invitation).orElse(name))
                .with("wrong", wrong);
    }

    private static Page spent() {
        return Page.of("signin/spent", "This link has been used or has run out").status(HttpStatus.GONE.value());
    }
}
