package dev.stepzero.ship.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ReviewsTest {
    private static final String HEAD = "a".repeat(40);
    private static final String EARLIER = "b".repeat(40);
    private static final Person BOB = new Person("Bob", Set.of("bob@example.org"));

    private final Jdbi jdbi;
    private final Reviews reviews;

    ReviewsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.reviews = new Reviews(jdbi, Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("delete from bypass; delete from review"));
    }

    @Test
    void opinionsAreThoseOfTheCommitAndOfItsPullRequest() {
        reviews.record("shop", OptionalLong.of(7), EARLIER, BOB, Opinion.Kind.CHANGES_REQUESTED);
        reviews.record("shop", OptionalLong.empty(), HEAD, BOB, Opinion.Kind.APPROVED);
        reviews.record("shop", OptionalLong.of(8), EARLIER, BOB, Opinion.Kind.DISMISSED);
        reviews.record("blog", OptionalLong.of(7), HEAD, BOB, Opinion.Kind.DISMISSED);

        assertThat(reviews.opinions("shop", OptionalLong.of(7), HEAD))
                .extracting(Opinion::kind)
                .containsExactly(Opinion.Kind.CHANGES_REQUESTED, Opinion.Kind.APPROVED);
        assertThat(reviews.opinions("shop", OptionalLong.empty(), HEAD))
                .hasSize(1)
                .first()
                .extracting(Opinion::reviewer)
                .isEqualTo(BOB);
        assertThat(reviews.approvedCommits("shop", 10)).containsExactly(HEAD);
    }

    @Test
    void aBypassNeedsAReasonAndStaysOpenUntilSomebodyElseLooked() {
        assertThatThrownBy(() -> reviews.bypass("shop", HEAD, "ann", "operator", "urgent"))
                .isInstanceOf(UserError.class);
        var bypass = reviews.bypass("shop", HEAD, "ann", "operator", "the shop is down");
        assertThatThrownBy(() -> reviews.bypass("shop", HEAD, "eve", "operator", "the shop is down"))
                .isInstanceOf(UserError.class);

        assertThat(reviews.openBypasses()).containsExactly(bypass);
        assertThatThrownBy(() -> reviews.reviewed(bypass.id(), "ann", "all well"))
                .isInstanceOf(UserError.class);
        reviews.reviewed(bypass.id(), "bob", "all well");
        assertThatThrownBy(() -> reviews.reviewed(bypass.id(), "eve", "not at all"))
                .isInstanceOf(UserError.class);

        assertThat(reviews.openBypasses()).isEmpty();
        assertThat(reviews.bypass("shop", HEAD)
                        .orElseThrow()
                        .review()
                        .orElseThrow()
                        .principal())
                .isEqualTo("bob");
    }
}
