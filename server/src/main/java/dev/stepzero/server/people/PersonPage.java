package dev.stepzero.server.people;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Duties;
import dev.stepzero.guard.identity.ForgeAccounts;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.SecondFactors;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.Leaf;
import dev.stepzero.guard.ledger.LedgerQuery;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.signin.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** One person: roles, where they are signed in, how they prove who they are, and help for who lost their device. */
@Controller
class PersonPage {
    private final Access access;
    private final People people;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final ForgeAccounts forgeAccounts;
    private final Invitations invitations;
    private final InstalledLedger ledger;
    private final Audit audit;
    private final Clock clock;

    PersonPage(
            Access access,
            People people,
            SecondFactors factors,
            Sessions sessions,
            ApiTokens tokens,
            ForgeAccounts forgeAccounts,
            Invitations invitations,
            InstalledLedger ledger,
            Audit audit,
            Clock clock) {
        this.access = access;
        this.people = people;
        this.factors = factors;
        this.sessions = sessions;
        this.tokens = tokens;
        this.forgeAccounts = forgeAccounts;
        this.invitations = invitations;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/people/{person}")
    Page show(@PathVariable long person) {
        return page(find(person), "");
    }

    /** Takes all second factors away, and gives a link by which the person begins anew. */
    @PostMapping("/people/{person}/second-factor/reset")
    Page reset(@PathVariable long person, HttpServletRequest request) {
        var found = find(person);
        var who = access.principal().orElseThrow();
        Duties.againstReset(who, person).ifPresent(why -> {
            throw UserError.blocked(why);
        });
        audit.record(Audit.Entry.done("second-factor.reset", who.name(), found.name(), Client.of(request)));
        factors.reset(person);
        return page(found, "/set-up?token=" + invitations.invite(person).text());
    }

    private Page page(Person person, String link) {
        return Page.of("people/person", person.displayName())
                .with("now", clock.instant())
                .with("person", person)
                .with("grants", people.grants(person.id()))
                .with("byGroups", people.byGroups(person.id()))
                .with("factors", factors.of(person.id()))
                .with("sessions", sessions.of(person.id()))
                .with("tokens", tokens.of(person.id()))
                .with("forgeAccounts", forgeAccounts.of(person.id()))
                .with("lastSignIn", lastSignIn(person))
                .with("isSelf", access.principal().orElseThrow().id() == person.id())
                .with(
                        "mayChange",
                        access.principal()
                                .filter(one ->
                                        access.allows(one, HttpMethod.POST, "/people/%d/roles".formatted(person.id())))
                                .isPresent())
                .with("link", link);
    }

    private Optional<Leaf> lastSignIn(Person person) {
        Optional<String> any = Optional.empty();
        var query = new LedgerQuery(
                Optional.of(person.name()),
                Optional.of("person.sign-in"),
                any,
                any,
                any,
                any,
                Optional.of(Outcome.SUCCEEDED),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                1);
        return ledger.ledger().reader().search(query).stream().findFirst();
    }

    private Person find(long person) {
        return people.find(person).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
