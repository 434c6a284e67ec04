package dev.stepzero.ship.review;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody as far as accounts and commits know them; upper and lower case are the same.
 *
 * @param account the name by which the forge, or Stepzero itself, knows them
 * @param addresses all e-mail addresses that they may have written commits under
 * @param aliases further names by which the project's forge knows them
 */
public record Person(String account, Set<String> addresses, Set<String> aliases) {
    public Person {
        account = account.toLowerCase(Locale.ROOT);
        addresses = plain(addresses);
        aliases = plain(aliases);
    }

    /** Somebody with one name. */
    public Person(String account, Set<String> addresses) {
        this(account, addresses, Set.of());
    }

    private static Set<String> plain(Set<String> texts) {
        return texts.stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one of several names is theirs, without regard to case. */
    boolean isAnyOf(Set<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(account) || aliases.contains(name));
    }
}
