package dev.stepzero.ship.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.git.Mirror.Contribution;
import dev.stepzero.ship.review.CodeOwners.Syntax;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReviewingTest {
    private static final String HEAD = "a".repeat(40);
    private static final String EARLIER = "b".repeat(40);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Person BOB = new Person("bob", Set.of("bob@example.org"));
    private static final Person EVE = new Person("eve", Set.of("eve@example.org"));

    private static Change change(String... paths) {
        var commit = new Contribution(HEAD, "Ann@Example.org", "ann@example.org", "First\n");
        return new Change(HEAD, Authors.of(List.of(commit), Set.of("ann")), Set.of(paths));
    }

    private static Opinion opinion(Person reviewer, Opinion.Kind kind, String commit, int second) {
        return new Opinion(reviewer, commit, kind, NOON.plusSeconds(second));
    }

    private static Opinion approval(Person reviewer) {
        return opinion(reviewer, Opinion.Kind.APPROVED, HEAD, 0);
    }

    private static ReviewOutcome judge(Change change, Opinion... opinions) {
        return new Reviewing(ReviewPolicy.USUAL, CodeOwners.none(), team -> Set.of())
                .judge(change, List.of(opinions), Optional.empty());
    }

    private static String missing(ReviewOutcome outcome) {
        assertThat(outcome).isInstanceOf(ReviewOutcome.Missing.class);
        return String.join("; ", ((ReviewOutcome.Missing) outcome).reasons());
    }

    @Test
    void anApprovalByAnotherPersonIsAReview() {
        assertThat(judge(change(), approval(BOB))).isEqualTo(new ReviewOutcome.Reviewed(List.of(BOB)));
        assertThat(missing(judge(change()))).contains("0 of 1 approvals");
    }

    @Test
    void nobodyApprovesWhatTheyHadAHandIn() {
        var commits = List.of(
                new Contribution(
                        HEAD,
                        "ann@example.org",
                        "noreply@github.com",
                        "One\n\nCo-authored-by: Bob <BOB@example.org>\n"),
                new Contribution(EARLIER, "12+Carl@users.noreply.github.com", "dora@example.org", "Two"));
        var change = new Change(HEAD, Authors.of(commits, Set.of("Fred")), Set.of());

        for (var person : List.of(
                BOB,
                new Person("carl", Set.of("carl@other.example")),
                new Person("x", Set.of("Dora@example.org", "x@example.org")),
                new Person("FRED", Set.of("fred@example.org")),
                new Person("manfred", Set.of("fred@example.org"), Set.of("Fred")))) {
            assertThat(missing(judge(change, approval(person))))
                    .as(person.account())
                    .contains("had a hand in");
        }
        assertThat(judge(change, approval(EVE))).isInstanceOf(ReviewOutcome.Reviewed.class);
    }

    @Test
    void somebodyWhoseAddressesNobodyKnowsMayBeAnyOfTheAuthors() {
        assertThat(missing(judge(change(), approval(new Person("ghost", Set.of())))))
                .contains("ghost");
    }

    @Test
    void anAuthorWithoutAnAddressLeavesNobodyToApprove() {
        var commit = new Contribution(HEAD, "nobody", "", "x");
        var change = new Change(HEAD, Authors.of(List.of(commit), Set.of()), Set.of());

        assertThat(missing(judge(change, approval(BOB)))).contains("authors are not known");
        assertThat(missing(judge(new Change(HEAD, Authors.of(List.of(), Set.of()), Set.of()), approval(BOB))))
                .contains("authors are not known");
    }

    @Test
    void aNewCommitVoidsTheApprovalOfTheOneBefore() {
        assertThat(missing(judge(change(), opinion(BOB, Opinion.Kind.APPROVED, EARLIER, 0))))
                .contains("bob approved another commit");
        assertThat(missing(judge(change(), opinion(BOB, Opinion.Kind.APPROVED, "", 0))))
                .contains("another commit");
    }

    @Test
    void theLatestOpinionOfAPersonCounts() {
        assertThat(missing(judge(change(), approval(BOB), opinion(BOB, Opinion.Kind.DISMISSED, HEAD, 1))))
                .contains("0 of 1");
        assertThat(judge(change(), opinion(BOB, Opinion.Kind.CHANGES_REQUESTED, EARLIER, -1), approval(BOB)))
                .isInstanceOf(ReviewOutcome.Reviewed.class);
    }

    @Test
    void aRequestForChangesStandsOverNewCommitsUntilItIsTakenBack() {
        assertThat(missing(judge(change(), approval(BOB), opinion(EVE, Opinion.Kind.CHANGES_REQUESTED, EARLIER, -9))))
                .contains("eve asks for changes");
        assertThat(judge(
                        change(),
                        approval(BOB),
                        opinion(EVE, Opinion.Kind.CHANGES_REQUESTED, EARLIER, -9),
                        opinion(EVE, Opinion.Kind.DISMISSED, EARLIER, -8)))
                .isInstanceOf(ReviewOutcome.Reviewed.class);
    }

    @Test
    void twoAccountsOfOnePersonAreOneApproval() {
        var again = new Person("bob2", Set.of("bob@example.org", "b@example.org"));
        var two = new Reviewing(new ReviewPolicy(2, false), CodeOwners.none(), team -> Set.of());

        assertThat(missing(two.judge(change(), List.of(approval(BOB), approval(again)), Optional.empty())))
                .contains("1 of 2");
        assertThat(two.judge(change(), List.of(approval(BOB), approval(EVE)), Optional.empty()))
                .isInstanceOf(ReviewOutcome.Reviewed.class);
    }

    @Test
    void noSettingAllowsNoApprovalAtAll() {
        assertThat(new ReviewPolicy(0, false).approvals()).isEqualTo(1);
        assertThat(new ReviewPolicy(-5, false).approvals()).isEqualTo(1);
    }

    @Test
    void ownersApproveWhatTheyOwn() {
        var owners = CodeOwners.parse("/web/ @shop/web\n/db/ eve@example.org\n", Syntax.GITHUB, "CODEOWNERS");
        var reviewing =
                new Reviewing(ReviewPolicy.USUAL, owners, team -> team.equals("@shop/web") ? Set.of("Bob") : Set.of());

        assertThat(reviewing.judge(change("web/a"), List.of(approval(BOB)), Optional.empty()))
                .isInstanceOf(ReviewOutcome.Reviewed.class);
        assertThat(missing(reviewing.judge(change("web/a", "db/b"), List.of(approval(BOB)), Optional.empty())))
                .contains("eve@example.org")
                .doesNotContain("@shop/web");
        assertThat(reviewing.judge(change("web/a", "db/b"), List.of(approval(BOB), approval(EVE)), Optional.empty()))
                .isInstanceOf(ReviewOutcome.Reviewed.class);
        assertThat(missing(reviewing.judge(change("web/a"), List.of(approval(EVE)), Optional.empty())))
                .contains("@shop/web");
    }

    @Test
    void aBypassIsOfOneCommitAndNeverHidesAReview() {
        var reviewing = new Reviewing(ReviewPolicy.USUAL, CodeOwners.none(), team -> Set.of());
        var bypass = new Bypass(1, "shop", HEAD, "ann", "operator", "the shop is down", NOON, Optional.empty());
        var other = new Bypass(1, "shop", EARLIER, "ann", "operator", "the shop is down", NOON, Optional.empty());

        assertThat(reviewing.judge(change(), List.of(), Optional.of(bypass)))
                .isEqualTo(new ReviewOutcome.Bypassed(bypass));
        assertThat(reviewing.judge(change(), List.of(), Optional.of(other))).isInstanceOf(ReviewOutcome.Missing.class);
        assertThat(reviewing.judge(change(), List.of(approval(BOB)), Optional.of(bypass)))
                .isInstanceOf(ReviewOutcome.Reviewed.class);
    }
}
