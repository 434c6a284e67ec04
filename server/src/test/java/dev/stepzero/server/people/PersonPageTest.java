package dev.stepzero.server.people;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Passkeys;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class PersonPageTest {
    @Test
    void whoLostTheirDeviceBeginsAnewByALinkOfAnAdministrator(Window window) {
        var server = window.server();
        var person = server.person(Grant.in("alpha", Role.APPROVER));
        server.part(Passkeys.class)
                .add(person.id(), "lost phone", new byte[] {7, (byte) person.id()}, new byte[] {1}, 0);
        var client = server.signedIn(person, Set.of(Factor.PASSKEY));
        assertThat(client.get("/").statusCode()).isEqualTo(200);
        var page =
                window.as(server.person(Grant.everywhere(Role.ADMINISTRATOR))).open("/people/" + person.id());
        assertThat(page.locator("main")).containsText("lost phone");

        page.getByText("They lost their device").click();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Reset their second factors"))
                .click();

        assertThat(page.locator("#link")).containsText("/set-up?token=");
        assertThat(page.locator("main")).containsText("None is enrolled");
        assertThat(server.part(Credentials.class).hasSecondFactor(person.id())).isFalse();
        assertThat(client.get("/").statusCode()).isEqualTo(303);
        page.navigate("/ledger?action=second-factor.reset&object=" + person.name());
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void nobodyResetsTheirOwnFactorsAndOnlyAdministratorsResetAny(Window window) {
        var server = window.server();
        var administrator = server.person(Grant.everywhere(Role.ADMINISTRATOR));
        var other = server.person(Grant.everywhere(Role.VIEWER));
        var factors = Set.of(Factor.PASSWORD, Factor.TOTP);

        assertThat(server.signedIn(administrator, factors)
                        .post("/people/%d/second-factor/reset".formatted(administrator.id()), Map.of())
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.signedIn(Grant.everywhere(Role.AUDITOR))
                        .post("/people/%d/second-factor/reset".formatted(other.id()), Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.signedIn(administrator, factors).get("/people/999999").statusCode())
                .isEqualTo(404);
    }
}
