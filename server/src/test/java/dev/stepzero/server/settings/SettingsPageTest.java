package dev.stepzero.server.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Roles;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class SettingsPageTest {
    @Test
    void anAuditorSeesWhatTheServerRunsWith(Window window) {
        var page = window.as(window.server().person(Grant.everywhere(Role.AUDITOR)))
                .open("/settings");

        assertThat(page.locator("main"))
                .containsText(window.server().home().root().toString());
        assertThat(page.locator("main")).containsText("embedded");
        assertThat(page.locator("main")).containsText("sealing.key");
        assertThat(page.locator("main")).not().containsText("password");
        assertThat(page.getByText("s ago").first()).isVisible();
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void anAdministratorEndsSomebodysSession(Window window) {
        var server = window.server();
        var person = server.person(Grant.everywhere(Role.VIEWER));
        var client = server.signedIn(person, Set.of(Factor.PASSWORD));
        assertThat(client.get("/").statusCode()).isEqualTo(200);
        var page =
                window.as(server.person(Grant.everywhere(Role.ADMINISTRATOR))).open("/settings/sessions");

        page.locator("tbody tr", new com.microsoft.playwright.Page.LocatorOptions().setHasText(person.name()))
                .getByRole(AriaRole.BUTTON)
                .click();

        assertThat(page.locator("tbody")
                        .getByText(
                                person.name(), new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true)))
                .hasCount(0);
        assertThat(client.get("/").statusCode()).isEqualTo(303);
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void anAdministratorRevokesSomebodysTokenAndTheLedgerSaysSo(Window window) {
        var server = window.server();
        var person = server.person(Grant.everywhere(Role.VIEWER));
        var grant = Grant.everywhere(Role.VIEWER);
        var token = server.part(ApiTokens.class)
                .create(person, Roles.NONE.with(grant), "leaked one", grant, false, Duration.ofDays(1));
        var header = Map.of("Authorization", "Bearer " + token.text());
        assertThat(server.anonymous().send("GET", "/api/v1/me", "", header).statusCode())
                .isEqualTo(200);
        var page =
                window.as(server.person(Grant.everywhere(Role.ADMINISTRATOR))).open("/settings/tokens");

        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Revoke leaked one"))
                .click();

        assertThat(page.getByText("leaked one")).hasCount(0);
        assertThat(server.anonymous().send("GET", "/api/v1/me", "", header).statusCode())
                .isEqualTo(401);
        page.navigate("/ledger?action=token.revoke");
        assertThat(page.locator("tbody")).containsText("leaked one: token");
    }
}
