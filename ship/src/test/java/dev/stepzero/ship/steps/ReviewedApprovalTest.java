package dev.stepzero.ship.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.review.Bypass;
import dev.stepzero.ship.review.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReviewedApprovalTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ANN = "Ann <ann@example.org>";

    @Test
    void whoReviewedTheCommitApprovesItAndNotWhoPushedIt() {
        var shipper = new PublishStep.Shipper(
                ANN, Optional.of("ann"), "stepzero", List.of(new Person("Bob", Set.of("bob@example.org"))));

        var approval = shipper.approval("production", NOW);

        assertThat(approval.approver()).isEqualTo("bob");
        assertThat(approval.independent()).isEqualTo("yes");
        assertThat(approval.reason()).isEqualTo("reviewed the commit");
    }

    @Test
    void withoutAReviewAnAccountOfAForgeIsNoIndependentPerson() {
        var approval =
                new PublishStep.Shipper(ANN, Optional.of("bob"), "stepzero", List.of()).approval("production", NOW);

        assertThat(approval.approver()).isEqualTo("bob");
        assertThat(approval.independent()).isEqualTo("unknown");
    }

    @Test
    void aBypassSaysThatNobodyApproved() {
        var bypass = new Bypass(
                1, "shop", "c", "olga", "operator", "The shop is down and this mends it", NOW, Optional.empty());
        var shipper = new PublishStep.Shipper(ANN, Optional.of("ann"), "stepzero", List.of(), Optional.of(bypass));

        var approval = shipper.approval("production", NOW);

        assertThat(approval.approver()).isEqualTo("olga");
        assertThat(approval.independent()).isEqualTo("bypassed");
        assertThat(approval.reason()).contains("without a review", "The shop is down");
    }
}
