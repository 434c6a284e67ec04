package dev.stepzero.server.secrets;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class SecretsPageTest {
    private static final String KEY = "-----BEGIN KEY-----\nhorse-battery-staple\n-----END KEY-----\n";
    private static final Map<String, String> PLACE =
            Map.of("environment", "production", "step", "deploy", "name", "TOKEN", "value", "correct horse");

    @Test
    void anOperatorSetsRotatesAndRemovesASecretWithoutEverSeeingIt(Window window) {
        Sample.project(window.server(), "vaulted");
        var page = window.as(window.server().person(Grant.in("vaulted", Role.OPERATOR)))
                .open("/projects/vaulted/secrets");

        page.getByLabel("Name").fill("SIGNING_KEY");
        page.getByLabel("Value", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill(KEY);
        press(page, "Set");
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
                .hasText("SIGNING_KEY");
        assertThat(page.locator("tbody").first()).containsText("current");

        page.getByLabel("Value", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill("another-value");
        page.getByLabel("The old value stays").selectOption("24");
        press(page, "Rotate");
        assertThat(page.getByText("Two values are valid")).containsText("version 2");
        assertThat(page.locator("tbody").first()).containsText("valid until");
        assertThat(page.content()).doesNotContain("another-value").doesNotContain("horse-battery-staple");
        assertThat(window.barriers()).isEmpty();

        page.locator("summary", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Remove"))
                .click();
        page.getByLabel("Type SIGNING_KEY").fill("SIGNING_KEY");
        press(page, "Remove with all versions");
        assertThat(page.getByText("There is no secret here yet")).isVisible();
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void everyChangeIsInTheLedgerAndNoAnswerHoldsTheValue(Window window) {
        var server = window.server();
        Sample.project(server, "written");
        var operator = server.signedIn(Grant.in("written", Role.OPERATOR));

        var made = operator.post("/projects/written/secrets", PLACE);
        var again = operator.post("/projects/written/secrets", PLACE);
        var tooShort = operator.post(
                "/projects/written/secrets/production/deploy/TOKEN/rotate", Map.of("value", "ab", "hours", "1"));
        var removed =
                operator.post("/projects/written/secrets/production/deploy/TOKEN/remove", Map.of("confirmed", "x"));

        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(tooShort.statusCode()).isEqualTo(422);
        assertThat(removed.statusCode()).isEqualTo(422);
        assertThat(made.body() + again.body() + tooShort.body()).doesNotContain("correct horse");
        assertThat(server.signedIn(Grant.in("written", Role.AUDITOR))
                        .get("/ledger?project=written")
                        .body())
                .contains("secret.change", "TOKEN")
                .doesNotContain("correct horse");
    }

    @Test
    void theProjectOfThePathCountsWhateverTheFormSays(Window window) {
        var server = window.server();
        Sample.project(server, "own");
        Sample.project(server, "foreign");
        var operator = server.signedIn(Grant.in("own", Role.OPERATOR));
        operator.post("/projects/own/secrets", PLACE);

        var smuggled = operator.post(
                "/projects/own/secrets?project=foreign",
                Map.of("environment", "production", "step", "deploy", "name", "SMUGGLED", "value", "correct horse"));

        assertThat(smuggled.headers().firstValue("Location").orElseThrow()).startsWith("/projects/own/");
        assertThat(operator.get("/projects/own/secrets/production/deploy/SMUGGLED?project=foreign")
                        .statusCode())
                .isEqualTo(200);
        assertThat(operator.get("/projects/foreign/secrets").statusCode()).isEqualTo(403);
        assertThat(operator.post("/projects/foreign/secrets", PLACE).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoKeepsSecretsInOneProjectSeesThoseOfNoOther(Window window) {
        var server = window.server();
        Sample.project(server, "hushed");
        Sample.project(server, "loud");
        server.signedIn(Grant.in("hushed", Role.OPERATOR)).post("/projects/hushed/secrets", PLACE);
        var mixed = server.signedIn(Grant.in("loud", Role.OPERATOR), Grant.in("hushed", Role.VIEWER));
        var broad = server.signedIn(Grant.in("loud", Role.OPERATOR), Grant.everywhere(Role.VIEWER));

        for (var client : java.util.List.of(mixed, broad)) {
            assertThat(client.get("/secrets").body()).contains("Secrets").doesNotContain("hushed");
            assertThat(client.get("/secrets?project=hushed").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aListIsTurnedPageByPage(Window window) {
        var server = window.server();
        Sample.project(server, "many");
        var operator = server.signedIn(Grant.in("many", Role.OPERATOR));
        for (var number = 10; number <= 61; number++) {
            operator.post(
                    "/projects/many/secrets",
                    Map.of(
                            "environment",
                            "production",
                            "step",
                            "deploy",
                            "name",
                            "S" + number,
                            "value",
                            "correct horse"));
        }
        var page = window.as(server.person(Grant.in("many", Role.OPERATOR))).open("/projects/many/secrets");

        assertThat(page.locator("tbody tr")).hasCount(50);
        page.getByText("More", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();

        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody")).containsText("S61");
    }

    private static void press(com.microsoft.playwright.Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
