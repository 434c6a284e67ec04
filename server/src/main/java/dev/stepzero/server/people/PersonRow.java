package dev.stepzero.server.people;

import dev.stepzero.guard.federation.FederatedIdentity;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Person;
import java.util.List;

/**
 * A row of the people's table.
 *
 * @param byGroups what groups of a sign-in service give them
 * @param accounts theirs at sign-in services
 * @param enrolled whether they have an authenticator application
 */
public record PersonRow(
        Person person, List<Grant> grants, List<Grant> byGroups, List<FederatedIdentity> accounts, boolean enrolled) {}
