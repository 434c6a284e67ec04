package dev.stepzero.server.approvals;

import dev.stepzero.guard.identity.ForgeAccount;
import dev.stepzero.guard.identity.ForgeAccounts;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.review.Person;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The server's people as reviews know them: by name, by the address that their commits carry, and by their accounts at
 * the project's forge.
 */
@Component
public class Reviewers {
    private final People people;
    private final ForgeAccounts accounts;
    private final Endpoints endpoints;

    Reviewers(People people, ForgeAccounts accounts, Endpoints endpoints) {
        this.people = people;
        this.accounts = accounts;
        this.endpoints = endpoints;
    }

    /** Whoever is signed in, as a reviewer of a project. */
    Person of(Principal principal, String project) {
        var email = people.find(principal.id()).map(person -> person.email()).orElse("");
        var host = endpoints.find(project).map(ForgeProject::host).orElse("");
        return new Person(principal.name(), Set.of(email), accountsAt(host, principal.id()));
    }

    /**
     * The person whose account at the project's forge it is, if they may sign in and approve changes of the project.
     *
     * @param forgeId what tells the account from others at the forge for ever; Bitbucket's accounts have no other name
     */
    public Optional<Person> atForge(ForgeProject project, String account, Optional<String> forgeId) {
        var name = project.forge() == Forge.BITBUCKET ? forgeId.orElse("") : account;
        return accounts.holder(project.host(), name, forgeId)
                .filter(holder -> people.roles(holder).in(project.name()).contains(Role.APPROVER))
                .flatMap(people::find)
                .filter(person -> person.active())
                .map(person ->
                        new Person(person.name(), Set.of(person.email()), accountsAt(project.host(), person.id())));
    }

    private Set<String> accountsAt(String host, long person) {
        return accounts.of(person).stream()
                .filter(account -> account.host().equalsIgnoreCase(host))
                .map(ForgeAccount::account)
                .collect(Collectors.toUnmodifiableSet());
    }
}
