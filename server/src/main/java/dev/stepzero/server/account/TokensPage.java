package dev.stepzero.server.account;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import dev.stepzero.server.signin.Entrance;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people make and take back the tokens of their programs. */
@Controller
class TokensPage {
    private final Access access;
    private final People people;
    private final ApiTokens tokens;
    private final OwnTokens own;
    private final Audit audit;

    TokensPage(Access access, People people, ApiTokens tokens, OwnTokens own, Audit audit) {
        this.access = access;
        this.people = people;
        this.tokens = tokens;
        this.own = own;
        this.audit = audit;
    }

    @GetMapping("/account/tokens")
    Page show() {
        return page(access.principal().orElseThrow(), "");
    }

    @PostMapping("/account/tokens")
    Page create(
            @RequestParam String name,
            @RequestParam String grant,
            @RequestParam(defaultValue = "false") boolean writes,
            @RequestParam int days,
            HttpServletRequest request) {
        var principal = access.principal().orElseThrow();
        var person = people.find(principal.id()).orElseThrow();
        var wanted = grant(grant);
        var secret = tokens.create(person, principal.roles(), name, wanted, writes, Duration.ofDays(days));
        audit.record(
                Audit.Entry.done("token.create", principal.name(), name.strip() + ": " + wanted, Client.of(request)));
        return page(principal, secret.text());
    }

    @PostMapping("/account/tokens/{token}/revoke")
    Object revoke(@PathVariable long token, HttpServletRequest request) {
        own.revoke(access.principal().orElseThrow(), token, Client.of(request));
        return Entrance.redirect("/account/tokens");
    }

    private Page page(Principal principal, String made) {
        return Page.of("account/tokens", "API tokens")
                .with("tokens", own.of(principal))
                .with("grants", grants(principal.id()))
                .with("made", made);
    }

    /** What this person may hand on. */
    private List<Grant> grants(long person) {
        return Stream.concat(people.grants(person).stream(), people.byGroups(person).stream())
                .distinct()
                .toList();
    }

    /** Reads {@code role} or {@code role@project}. */
    private static Grant grant(String text) {
        int at = text.indexOf('@');
        var project = at < 0 ? Optional.<String>empty() : Optional.of(text.substring(at + 1));
        return Role.of(at < 0 ? text : text.substring(0, at))
                .map(role -> new Grant(role, project))
                .orElseThrow(() ->
                        UserError.usage("there is no role '%s'".formatted(text)).fix("choose one of the list"));
    }
}
