package dev.stepzero.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Pages.class)
class AccountPagesTest {
    @Test
    void aTokenIsShownOnceAndCanBeTakenBack(Window window) {
        var page = window.as(window.server().person(Grant.in("alpha", Role.DEVELOPER)))
                .open("/account/tokens");
        page.getByLabel("Name").fill("build server");
        press(page, "Make the token");

        PlaywrightAssertions.assertThat(page.locator("#token")).containsText("stepzero_");
        assertThat(window.barriers()).isEmpty();
        var token = page.locator("#token").innerText();
        var header = Map.of("Authorization", "Bearer " + token);
        assertThat(window.server()
                        .anonymous()
                        .send("GET", "/api/v1/me", "", header)
                        .body())
                .contains("build server");
        page.navigate("/account/tokens");
        assertThat(page.content()).doesNotContain(token);

        press(page, "Revoke build server");
        PlaywrightAssertions.assertThat(page.getByText("No tokens yet")).isVisible();
        assertThat(window.server()
                        .anonymous()
                        .send("GET", "/api/v1/me", "", header)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void endingTheSessionSignsOut(Window window) {
        var page =
                window.as(window.server().person(Grant.everywhere(Role.VIEWER))).open("/account/sessions");
        assertThat(window.barriers()).isEmpty();
        press(page, "End the session of 127.0.0.1");

        PlaywrightAssertions.assertThat(page.getByLabel("Password")).isVisible();
    }

    @Test
    void anAdministratorInvitesSomebodyAndGivesARole(Window window) {
        var page = window.as(window.server().person(Grant.everywhere(Role.ADMINISTRATOR)))
                .open("/people");
        page.getByLabel("Name to sign in with").fill("rosa");
        page.getByLabel("Name that others see").fill("Rosa");
        press(page, "Invite");

        PlaywrightAssertions.assertThat(page.locator("#link")).containsText("/set-up?token=");
        assertThat(window.barriers()).isEmpty();
        var row = page.locator("tbody tr")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("rosa"));
        row.getByText("Change").click();
        row.getByLabel("Role").selectOption("auditor");
        row.getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Give"))
                .click();
        PlaywrightAssertions.assertThat(row.getByText("auditor everywhere").first())
                .isVisible();
        assertThat(window.complaints()).isEmpty();
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
