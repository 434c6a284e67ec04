package dev.stepzero.server.passkeys;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Passkeys;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import dev.stepzero.server.signin.NextPage;
import dev.stepzero.server.signin.SignInForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** Where people make passkeys, and the way in by them. */
@Controller
class PasskeysPage {
    private final Access access;
    private final People people;
    private final Passkeys passkeys;
    private final Ceremonies ceremonies;
    private final Entrance entrance;
    private final SignInForm form;
    private final Audit audit;

    PasskeysPage(
            Access access,
            People people,
            Passkeys passkeys,
            Ceremonies ceremonies,
            Entrance entrance,
            SignInForm form,
            Audit audit) {
        this.access = access;
        this.people = people;
        this.passkeys = passkeys;
        this.ceremonies = ceremonies;
        this.entrance = entrance;
        this.form = form;
        this.audit = audit;
    }

    @GetMapping("/account/passkeys")
    Page show() {
        return Page.of("passkeys/passkeys", "Passkeys").with("passkeys", passkeys.of(self().id()));
    }

    @PostMapping("/account/passkeys/options")
    @ResponseBody
    Map<String, Object> creation(HttpServletRequest request) {
        return ceremonies.creation(self(), request);
    }

    @PostMapping("/account/passkeys")
    Object enrol(@RequestParam String name, @RequestParam String credential, HttpServletRequest request) {
        var person = self();
        if (!ceremonies.enrol(person, name, credential, request)) {
            throw UserError.usage("the passkey did not prove itself").fix("try again, within five minutes");
        }
        audit.record(Audit.Entry.done("passkey.enrol", person.name(), name.strip(), Client.of(request)));
        return Entrance.redirect("/account/passkeys");
    }

    @PostMapping("/account/passkeys/{passkey}/remove")
    Object remove(@PathVariable long passkey, HttpServletRequest request) {
        var person = self();
        if (!passkeys.remove(person.id(), passkey)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        audit.record(Audit.Entry.done("passkey.remove", person.name(), "passkey " + passkey, Client.of(request)));
        return Entrance.redirect("/account/passkeys");
    }

    @PostMapping("/sign-in/passkey/options")
    @ResponseBody
    Map<String, Object> request(HttpServletRequest request) {
        return ceremonies.request(request);
    }

    @PostMapping("/sign-in/passkey")
    Object signIn(
            @RequestParam String credential,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<Person> person =
                ceremonies.signIn(credential, request).flatMap(people::find).filter(Person::active);
        if (person.isEmpty()) {
            audit.record(
                    Audit.Entry.refused("person.sign-in", "", "the passkey did not prove itself", Client.of(request)));
            return form.page(next, "The passkey is not known here, or did not prove itself.")
                    .status(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        return entrance.admit(person.get(), Factor.PASSKEY, NextPage.of(next), request, response);
    }

    private Person self() {
        return people.find(access.principal().orElseThrow().id()).orElseThrow();
    }
}
