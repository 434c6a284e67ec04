package dev.stepzero.ship.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges reviews: who approved the very commit, had no hand in it, and owns what it touches. */
public final class Reviewing {
    private final ReviewPolicy policy;
    private final CodeOwners owners;
    private final Teams teams;

    /** Who belongs to a team. */
    @FunctionalInterface
    public interface Teams {
        /** The accounts of a team such as {@code @shop/web}; empty for one that nobody knows. */
        Set<String> members(String team);
    }

    public Reviewing(ReviewPolicy policy, CodeOwners owners, Teams teams) {
        this.policy = policy;
        this.owners = owners;
        this.teams = teams;
    }

    /**
     * Judges a change.
     *
     * @param opinions what was said about it and about earlier states of it, in any order
     * @param bypass a bypass of this commit
     */
    public ReviewOutcome judge(Change change, List<Opinion> opinions, Optional<Bypass> bypass) {
        var reasons = new ArrayList<String>();
        var latest = latest(opinions);
        for (var opinion : latest.values()) {
            // A request is about the change and stands until it is taken back, however many commits follow.
            if (opinion.kind() == Opinion.Kind.CHANGES_REQUESTED) {
                reasons.add(opinion.reviewer().account() + " asks for changes");
            }
        }
        var uncounted = new ArrayList<String>();
        var approvers = approvers(change, latest, uncounted);
        if (approvers.size() < policy.approvals()) {
            reasons.add("%d of %d approvals of commit %.12s by somebody other than its authors"
                    .formatted(approvers.size(), policy.approvals(), change.commit()));
        }
        if (policy.owners()) {
            demandOwners(change, approvers, reasons);
        }
        if (reasons.isEmpty()) {
            return new ReviewOutcome.Reviewed(approvers);
        }
        // Approvals that do not count explain a lack; where there is none they are nobody's concern.
        reasons.addAll(uncounted);
        return bypass.filter(one -> one.commit().equals(change.commit()))
                .<ReviewOutcome>map(ReviewOutcome.Bypassed::new)
                .orElseGet(() -> new ReviewOutcome.Missing(reasons));
    }

    private static Map<String, Opinion> latest(List<Opinion> opinions) {
        var latest = new LinkedHashMap<String, Opinion>();
        for (var opinion : opinions) {
            latest.merge(
                    opinion.reviewer().account(),
                    opinion,
                    (one, other) -> other.at().isBefore(one.at()) ? one : other);
        }
        return latest;
    }

    private static List<Person> approvers(Change change, Map<String, Opinion> latest, List<String> uncounted) {
        if (!change.authors().allKnown()) {
            uncounted.add("the authors are not known: a commit names none with an e-mail address");
            return List.of();
        }
        var approvers = new ArrayList<Person>();
        var addresses = new HashSet<String>();
        for (var opinion : latest.values()) {
            if (opinion.kind() != Opinion.Kind.APPROVED) {
                continue;
            }
            var reviewer = opinion.reviewer();
            if (!opinion.commit().equals(change.commit())) {
                uncounted.add(reviewer.account() + " approved another commit");
            } else if (reviewer.addresses().isEmpty()) {
                uncounted.add(
                        "no e-mail address is known of " + reviewer.account() + ", who may be one of the authors");
            } else if (!change.authors().excludes(reviewer)) {
                uncounted.add(reviewer.account() + " had a hand in the change");
            } else if (reviewer.addresses().stream().noneMatch(addresses::contains)) {
                // Two accounts with one address are one person.
                approvers.add(reviewer);
                addresses.addAll(reviewer.addresses());
            }
        }
        return approvers;
    }

    private void demandOwners(Change change, List<Person> approvers, List<String> reasons) {
        for (var demand : owners.demands(change.paths())) {
            var having =
                    approvers.stream().filter(person -> owns(person, demand)).count();
            if (having < demand.approvals()) {
                reasons.add("%d of %d approvals by owners: %s%s"
                        .formatted(
                                having,
                                demand.approvals(),
                                demand.owners().stream().sorted().collect(Collectors.joining(", ")),
                                demand.section().isEmpty() ? "" : " (" + demand.section() + ")"));
            }
        }
    }

    private boolean owns(Person person, Demand demand) {
        return demand.owners().stream().anyMatch(owner -> {
            var name = owner.toLowerCase(Locale.ROOT);
            if (!name.startsWith("@")) {
                return person.addresses().contains(name);
            }
            return person.isAnyOf(Set.of(name.substring(1))) || person.isAnyOf(teams.members(owner));
        });
    }
}
