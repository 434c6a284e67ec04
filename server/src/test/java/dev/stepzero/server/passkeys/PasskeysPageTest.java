package dev.stepzero.server.passkeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Pages.class)
class PasskeysPageTest {
    @Test
    void anOperatorMakesAPasskeyAndSignsInByItAlone(Window window) {
        addAuthenticator(window.page());
        var person = window.server().person(Grant.everywhere(Role.OPERATOR));
        var page = window.as(person).open("/account/passkeys");
        assertThat(window.barriers()).isEmpty();
        page.getByLabel("Name of the device").fill("laptop");
        press(page, "Make a passkey");
        PlaywrightAssertions.assertThat(page.locator("tbody")).containsText("laptop");

        page.locator("summary").click();
        press(page, "Sign out");
        PlaywrightAssertions.assertThat(page.getByLabel("Password")).isVisible();
        page.navigate("/account/sessions");
        press(page, "Use a passkey");

        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Sessions");
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void whoHasAPasskeyCannotEnrolAnotherFactorByThePasswordAlone(Window window) {
        addAuthenticator(window.page());
        var person = window.server().person(Grant.everywhere(Role.OPERATOR));
        var page = window.as(person).open("/account/passkeys");
        page.getByLabel("Name of the device").fill("phone");
        press(page, "Make a passkey");
        PlaywrightAssertions.assertThat(page.locator("tbody")).containsText("phone");

        var thief = window.server().signedIn(person, Set.of(Factor.PASSWORD));

        assertThat(thief.get("/account/authenticator").body())
                .contains("Show your second factor first")
                .doesNotContain("<code>");
        assertThat(thief.get("/account/passkeys").headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).startsWith("/sign-in/code"));
        assertThat(thief.post("/account/passkeys/options", Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoAnswerLetsNobodyIn(Window window) {
        for (var answer :
                new String[] {"", "{}", "[", "null", "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"response\":{}}"}) {
            var response = window.server().anonymous().post("/sign-in/passkey", Map.of("credential", answer));

            assertThat(response.statusCode()).as(answer).isEqualTo(422);
        }
    }

    /** A device in the browser that holds passkeys and whose user is always there and verified. */
    private static void addAuthenticator(Page page) {
        var session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        var device = new JsonObject();
        device.addProperty("protocol", "ctap2");
        device.addProperty("transport", "internal");
        device.addProperty("hasResidentKey", true);
        device.addProperty("hasUserVerification", true);
        device.addProperty("isUserVerified", true);
        var parameters = new JsonObject();
        parameters.add("options", device);
        session.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
