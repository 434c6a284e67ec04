package dev.stepzero.server.federation;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.federation.FederatedIdentities;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.oidc.Services;
import dev.stepzero.server.oidc.Unanswered;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Where people bind their accounts at sign-in services to themselves, and take them off. */
@Controller
class AccountsPage {
    static final String PATH = "/account/services";

    private final Services services;
    private final FederatedIdentities accounts;
    private final FederatedSignIn signIn;
    private final Access access;
    private final Audit audit;

    AccountsPage(Services services, FederatedIdentities accounts, FederatedSignIn signIn, Access access, Audit audit) {
        this.services = services;
        this.accounts = accounts;
        this.signIn = signIn;
        this.access = access;
        this.audit = audit;
    }

    @GetMapping(PATH)
    Page show() {
        return Page.of("federation/accounts", "Sign-in services")
                .with("services", services.people())
                .with("accounts", accounts.of(access.principal().orElseThrow().id()));
    }

    /** A form must not lead to another site, so that the browser gets a link from it. */
    @PostMapping(PATH + "/{service}")
    Page begin(@PathVariable String service, HttpServletRequest request, HttpServletResponse response) {
        var found = services.people(service).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        try {
            var person = access.principal().orElseThrow().id();
            return Page.of("federation/bind", "Go on at " + found.label())
                    .with("service", found)
                    .with(
                            "link",
                            signIn.linking(found, person, request, response).toString());
        } catch (Unanswered e) {
            throw UserError.engine("%s does not answer now".formatted(found.label()))
                    .fix("try again later")
                    .because(e);
        }
    }

    @PostMapping(PATH + "/accounts/{account}/remove")
    Object remove(@PathVariable long account, HttpServletRequest request) {
        var principal = access.principal().orElseThrow();
        if (!accounts.unlink(principal.id(), account)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        audit.record(Audit.Entry.done(
                "account.unlink", principal.name(), principal.name() + ": account " + account, Client.of(request)));
        return Entrance.redirect(PATH);
    }
}
