package dev.stepzero.server.people;

import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Person;
import java.util.List;

/**
 * A row of the people's table.
 *
 * @param enrolled whether they have an authenticator application
 */
public record PersonRow(Person person, List<Grant> grants, boolean enrolled) {}
