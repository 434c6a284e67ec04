package dev.stepzero.server.approvals;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Reviews;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class ApprovalsPageTest {
    @Test
    void anApproverApprovesTheCommitThatThePageShows(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "reviewed");
        sample.verification(42, "succeeded");
        var page = window.as(server.person(Grant.in("reviewed", Role.APPROVER))).open("/approvals");

        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Approve this commit"))
                .click();

        assertThat(page.getByText("1 approve this commit")).isVisible();
        assertThat(server.part(Reviews.class).opinions("reviewed", OptionalLong.of(42), sample.commit()))
                .singleElement()
                .satisfies(opinion -> {
                    assertThat(opinion.kind()).isEqualTo(Opinion.Kind.APPROVED);
                    assertThat(opinion.commit()).isEqualTo(sample.commit());
                });
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void anotherCommitOrAnotherRoleApprovesNothing(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "moved");
        sample.verification(42, "succeeded");
        var path = "/projects/moved/changes/42/opinion";
        var approver = server.signedIn(Grant.in("moved", Role.APPROVER));

        assertThat(approver.post(path, Map.of("commit", "f".repeat(40), "opinion", "approve"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(approver.post(path, Map.of("commit", sample.commit(), "opinion", "x"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.signedIn(Grant.in("moved", Role.DEVELOPER))
                        .post(path, Map.of("commit", sample.commit(), "opinion", "approve"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.part(Reviews.class).opinions("moved", OptionalLong.of(42), sample.commit()))
                .isEmpty();
    }

    @Test
    void whatWentWithoutAReviewStaysUntilAnotherPersonLookedAtIt(Window window) {
        var server = window.server();
        Sample.project(server, "hasty");
        server.part(Reviews.class)
                .bypass("hasty", "a".repeat(40), "carl", "operator", "The shop was down and this mends it");
        var page = window.as(server.person(Grant.in("hasty", Role.SECURITY))).open("/approvals");
        assertThat(window.barriers()).isEmpty();

        page.getByLabel("What you found").fill("It was right");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Looked at"))
                .click();

        assertThat(page.getByText("The shop was down")).hasCount(0);
        assertThat(server.part(Reviews.class)
                        .bypass("hasty", "a".repeat(40))
                        .orElseThrow()
                        .isOpen())
                .isFalse();
    }
}
