package dev.stepzero.server.environments;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import dev.stepzero.ship.rollbacks.Rollbacks;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class EnvironmentsPageTest {
    @Test
    void anOperatorRollsBackWithAReasonAndSeesWhatCameOfIt(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "turned");
        sample.deployment(sample.run("succeeded"), "replaced", 'a', 3);
        sample.deployment(sample.run("succeeded"), "serving", 'b', 1);
        var page = window.as(server.person(Grant.in("turned", Role.OPERATOR))).open("/environments");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("production"))
                .click();
        assertThat(window.barriers()).isEmpty();

        page.getByText("Roll back").first().click();
        page.getByLabel("Reason").fill("The basket is empty");
        page.getByLabel("to confirm").fill("production");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Roll back"))
                .click();

        page.waitForCondition(() -> server.part(Rollbacks.class).of("turned", "production", 1).stream()
                .anyMatch(request -> !request.isOpen()));
        page.reload();
        // Such a release was never built here: it is refused at the door, and the page says so.
        assertThat(page.locator(".note.block"))
                .containsText("The rollback to " + Sample.commitOf('a').substring(0, 10));
        assertThat(server.part(Rollbacks.class)
                        .of("turned", "production", 1)
                        .getFirst()
                        .reason())
                .isEqualTo("The basket is empty");
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void withoutConfirmationReasonOrRoleNothingIsRolledBack(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "kept");
        sample.deployment(sample.run("succeeded"), "replaced", 'c', 3);
        sample.deployment(sample.run("succeeded"), "serving", 'd', 1);
        var operator = server.signedIn(Grant.in("kept", Role.OPERATOR));
        var path = "/projects/kept/environments/production/rollback";
        var commit = Sample.commitOf('c');

        assertThat(operator.post(path, Map.of("commit", commit, "reason", "r")).statusCode())
                .isEqualTo(422);
        assertThat(operator.post(path, Map.of("commit", commit, "confirmed", "production"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(operator.post(path, Map.of("commit", Sample.commitOf('e'), "reason", "r", "confirmed", "production"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.signedIn(Grant.in("kept", Role.DEVELOPER))
                        .post(path, Map.of("commit", commit, "reason", "r", "confirmed", "production"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.part(Rollbacks.class).of("kept", "production", 1)).isEmpty();
    }

    @Test
    void aReleaseHasAPassportAlsoWhenItDoesNotVerify(Window window) {
        var sample = Sample.project(window.server(), "passed");
        sample.deployment(sample.run("succeeded"), "serving", 'f', 1);
        var page = window.as(window.server().person(Grant.in("passed", Role.AUDITOR)))
                .open("/projects/passed/releases/" + Sample.imageOf('f'));

        assertThat(page.getByText("It does not verify")).isVisible();
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }
}
