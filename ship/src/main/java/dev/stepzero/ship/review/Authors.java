package dev.stepzero.ship.review;

import dev.stepzero.ship.git.Mirror;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everybody who had a hand in a change: authors, committers and co-authors of all its commits, and whoever proposed or
 * pushed it.
 *
 * @param addresses their e-mail addresses, in lower case
 * @param accounts their accounts at the forge, in lower case
 * @param allKnown whether each commit names an author with an address
 */
public record Authors(Set<String> addresses, Set<String> accounts, boolean allKnown) {
    private static final Pattern CO_AUTHOR =
            Pattern.compile("(?im)^\\s*co-?authored-by\\s*:[^<\\r\\n]{0,500}<\\s*([^<>\\s]{1,320})\\s*>");
    // The addresses that GitHub and GitLab write where people hide their own, with the account in them.
    private static final Pattern HIDDEN = Pattern.compile("(?:[0-9]+[+-])?([\\w.-]+)@users\\.noreply\\.[\\w.-]+");

    public Authors {
        addresses = Set.copyOf(addresses);
        accounts = Set.copyOf(accounts);
    }

    /**
     * The authors of a change.
     *
     * @param commits all commits between the base and the head
     * @param proposers accounts that proposed or pushed it, as the forge has them
     */
    public static Authors of(List<Mirror.Contribution> commits, Set<String> proposers) {
        var addresses = new HashSet<String>();
        var allKnown = true;
        for (var commit : commits) {
            allKnown &= commit.author().contains("@");
            addresses.add(plain(commit.author()));
            addresses.add(plain(commit.committer()));
            CO_AUTHOR.matcher(commit.message()).results().forEach(found -> addresses.add(plain(found.group(1))));
        }
        addresses.remove("");
        var accounts = new HashSet<String>();
        proposers.forEach(account -> accounts.add(plain(account)));
        for (var address : addresses) {
            var hidden = HIDDEN.matcher(address);
            if (hidden.matches()) {
                accounts.add(hidden.group(1));
            }
        }
        accounts.remove("");
        return new Authors(addresses, accounts, allKnown && !commits.isEmpty());
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody is surely none of them: a person without known addresses could be any. */
    boolean excludes(Person person) {
        return allKnown
                && !person.addresses().isEmpty()
                && !person.isAnyOf(accounts)
                && person.addresses().stream().noneMatch(addresses::contains);
    }
}
