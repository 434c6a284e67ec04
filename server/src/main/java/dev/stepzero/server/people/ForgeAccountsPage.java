package dev.stepzero.server.people;

import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.ForgeAccount;
import dev.stepzero.guard.identity.ForgeAccounts;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.signin.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Says whose an account at a forge is, so that what it approves there is approved by somebody. */
@Controller
class ForgeAccountsPage {
    private final Access access;
    private final GivenRoles people;
    private final ForgeAccounts accounts;
    private final Audit audit;

    ForgeAccountsPage(Access access, GivenRoles people, ForgeAccounts accounts, Audit audit) {
        this.access = access;
        this.people = people;
        this.accounts = accounts;
        this.audit = audit;
    }

    @PostMapping("/people/{person}/forge-accounts")
    ResponseEntity<Void> add(
            @PathVariable long person,
            @RequestParam String host,
            @RequestParam String account,
            HttpServletRequest request) {
        var owner = people.find(person);
        var named = new ForgeAccount(host, account);
        accounts.add(person, named);
        record("forge-account.add", owner.name() + ": " + named, request);
        return back(person);
    }

    @PostMapping("/people/{person}/forge-accounts/remove")
    ResponseEntity<Void> remove(
            @PathVariable long person,
            @RequestParam String host,
            @RequestParam String account,
            HttpServletRequest request) {
        var owner = people.find(person);
        var named = new ForgeAccount(host, account);
        if (!accounts.remove(person, named)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        record("forge-account.remove", owner.name() + ": " + named, request);
        return back(person);
    }

    private void record(String action, String on, HttpServletRequest request) {
        audit.record(Audit.Entry.done(action, access.principal().orElseThrow().name(), on, Client.of(request)));
    }

    private static ResponseEntity<Void> back(long person) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/people/" + person))
                .build();
    }
}
