package dev.stepzero.server.federation;

import dev.stepzero.guard.federation.FederatedIdentities;
import dev.stepzero.guard.federation.FederatedIdentity;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.server.oidc.Claims;
import dev.stepzero.server.oidc.PeopleService;
import dev.stepzero.server.signin.Entrance;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Decides who it is that a service vouches for, and what their groups give. Whoever is new needs a group that gives
 * something; a person who is here already is never found by name or address of mail.
 */
@Component
final class Arrivals {
    private static final int LONGEST_EMAIL = 254;

    private final FederatedIdentities accounts;
    private final People people;
    private final Entrance entrance;
    private final Audit audit;

    Arrivals(FederatedIdentities accounts, People people, Entrance entrance, Audit audit) {
        this.accounts = accounts;
        this.people = people;
        this.entrance = entrance;
        this.audit = audit;
    }

    /** What came of it. */
    sealed interface Outcome {}

    record Taken(Person person, Factor factor) implements Outcome {}

    record Refused(String why) implements Outcome {}

    Entrance entrance() {
        return entrance;
    }

    /** Takes in whoever a service vouches for. */
    Outcome take(PeopleService service, Claims claims, Source source) {
        var grants = grants(service, claims);
        var subject = claims.text("sub").orElseThrow();
        var issuer = service.issuer().address().toString();
        var bound = accounts.find(issuer, subject);
        var who = "%s at %s".formatted(subject, service.name());
        if (bound.isEmpty() && grants.isEmpty()) {
            audit.record(Audit.Entry.refused("person.sign-in", who, "no group gives a role", source));
            return new Refused(
                    "None of your groups at %s has a role here. Ask an administrator.".formatted(service.label()));
        }
        if (!people.hasAnybody()) {
            audit.record(Audit.Entry.refused("person.sign-in", who, "there is no administrator yet", source));
            return new Refused("The first administrator has to set up this server with the link that it prints.");
        }
        var person = bound.map(FederatedIdentity::person)
                .flatMap(people::find)
                .orElseGet(() -> join(service, claims, who, source));
        if (!person.active()) {
            audit.record(Audit.Entry.refused("person.sign-in", person.name(), "shut out", source));
            return new Refused("You may not sign in here any more. Ask an administrator.");
        }
        note(service, accounts.find(issuer, subject).orElseThrow(), claims, person, source);
        var strong = service.secondFactor().isShownBy(claims);
        return new Taken(person, strong ? Factor.FEDERATED_STRONG : Factor.FEDERATED);
    }

    private Person join(PeopleService service, Claims claims, String who, Source source) {
        var wanted = claims.text(service.nameClaim()).orElse("");
        var email = claims.text("email")
                .filter(one -> claims.isTrue("email_verified") && one.length() <= LONGEST_EMAIL)
                .orElse("");
        var person = accounts.join(
                service.issuer().address().toString(),
                claims.text("sub").orElseThrow(),
                wanted,
                claims.text("name").orElse(wanted),
                email);
        audit.record(Audit.Entry.done("person.add", who, person.name(), source));
        audit.record(Audit.Entry.done("account.link", person.name(), person.name() + ": " + who, source));
        return person;
    }

    /** Binds an account to somebody who is signed in. */
    void link(PeopleService service, Claims claims, Principal principal, Source source) {
        var subject = claims.text("sub").orElseThrow();
        var identity = accounts.link(
                principal.id(),
                service.issuer().address().toString(),
                subject,
                claims.text(service.nameClaim()).orElse(""));
        audit.record(Audit.Entry.done(
                "account.link",
                principal.name(),
                "%s: %s at %s".formatted(principal.name(), subject, service.name()),
                source));
        note(service, identity, claims, people.find(principal.id()).orElseThrow(), source);
    }

    private void note(PeopleService service, FederatedIdentity identity, Claims claims, Person person, Source source) {
        var before = new HashSet<>(people.byGroups(person.id()));
        accounts.seen(
                identity, claims.text(service.nameClaim()).orElse(""), grants(service, claims), service.rolesLast());
        var after = new HashSet<>(people.byGroups(person.id()));
        if (!before.equals(after)) {
            var now = words(after);
            audit.record(new Audit.Entry(
                    "role.by-groups",
                    service.name(),
                    person.name() + ": " + now,
                    true,
                    "was " + words(before),
                    source));
        }
    }

    private static Set<Grant> grants(PeopleService service, Claims claims) {
        return service.roles().of(claims.texts(service.groupsClaim()));
    }

    private static String words(Set<Grant> grants) {
        return Optional.of(grants.stream().map(Grant::toString).sorted().collect(Collectors.joining(", ")))
                .filter(text -> !text.isEmpty())
                .orElse("nothing");
    }
}
