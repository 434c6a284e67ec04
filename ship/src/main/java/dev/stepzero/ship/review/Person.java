package dev.stepzero.ship.review;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody as far as accounts and commits know them; upper and lower case are the same.
 *
 * @param account the name by which the forge, or Stepzero itself, knows them
 * @param addresses all e-mail addresses that they may have written commits under
 */
public record Person(String account, Set<String> addresses) {
    public Person {
        account = account.toLowerCase(Locale.ROOT);
        addresses = addresses.stream()
                .map(address -> address.strip().toLowerCase(Locale.ROOT))
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
