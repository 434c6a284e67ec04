package dev.stepzero.ship.steps;

import dev.stepzero.ship.phoenix.Rebuild;
import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The predicate of {@link dev.stepzero.guard.evidence.PredicateType#APPROVAL}: who let a release into an environment,
 * when and why. {@code independent} is {@code yes} or {@code no} where the addresses of both are known, {@code bypassed}
 * where somebody let it through in an emergency, and otherwise {@code unknown}.
 */
record Approval(
        String environment,
        String requester,
        String approver,
        String account,
        String decidedOn,
        String reason,
        String independent) {
    private static final String BYPASSED = "bypassed";

    /**
     * An approval by shipping.
     *
     * @param requester the commit's author, {@code Name <address>}
     * @param approver who ships, as git's configuration has it; empty if it says nothing
     * @param account the account of the machine
     */
    static Approval of(String environment, String requester, Optional<String> approver, String account, Instant at) {
        return new Approval(
                environment,
                requester,
                approver.orElse(account),
                account,
                at.toString(),
                "shipped it",
                independence(address(requester), approver.flatMap(Approval::address)));
    }

    /**
     * An approval by review.
     *
     * @param reviewers who counts as none of the authors, at least one
     * @param account the account of the machine
     */
    static Approval byReview(String environment, String requester, List<Person> reviewers, String account, Instant at) {
        return new Approval(
                environment,
                requester,
                reviewers.stream().map(Person::account).collect(Collectors.joining(", ")),
                account,
                at.toString(),
                "reviewed the commit",
                "yes");
    }

    /** A bypass, which says that nobody approved it: a word of its own, so that it can never pass for a review. */
    static Approval byBypass(String environment, String requester, Bypass bypass, String account, Instant at) {
        return new Approval(
                environment,
                requester,
                bypass.principal(),
                account,
                at.toString(),
                "let through without a review (%s): %s".formatted(bypass.role(), bypass.reason()),
                BYPASSED);
    }

    /**
     * An approval of a commit that is built again, by whoever approved what it replaces; by nobody but Stepzero where
     * no such approval verifies.
     */
    static Approval carriedOver(
            String environment, String requester, Optional<Approval> former, Rebuild rebuild, Instant at) {
        var why = "rebuilt by Stepzero for %s; replaces %s".formatted(rebuild.why(), rebuild.replaces());
        return former.map(each -> new Approval(
                        environment,
                        requester,
                        each.approver(),
                        each.account(),
                        each.decidedOn(),
                        each.reason().replaceFirst("; rebuilt by Stepzero for .*", "") + "; " + why,
                        each.independent()))
                .orElseGet(() ->
                        new Approval(environment, requester, "Stepzero", "stepzero", at.toString(), why, "unknown"));
    }

    private static String independence(Optional<String> requester, Optional<String> approver) {
        if (requester.isEmpty() || approver.isEmpty()) {
            return "unknown";
        }
        return requester.equals(approver) ? "no" : "yes";
    }

    private static Optional<String> address(String person) {
        var start = person.lastIndexOf('<');
        var end = person.lastIndexOf('>');
        return start < 0 || end < start + 2
                ? Optional.empty()
                : Optional.of(person.substring(start + 1, end).strip().toLowerCase(Locale.ROOT))
                        .filter(address -> address.contains("@"));
    }
}
