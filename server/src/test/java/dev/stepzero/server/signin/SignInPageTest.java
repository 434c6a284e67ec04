package dev.stepzero.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RunningServer.class, Pages.class})
class SignInPageTest {
    private static final String PASSWORD = "nine fjords under one slate roof";

    @Test
    void anInvitedApproverEnrolsAnAuthenticatorAndSignsInWithItsCodes(Window window) {
        var person = window.server().person(Grant.in("alpha", Role.APPROVER));
        var link = window.server().part(Invitations.class).invite(person.id());

        var page = window.open("/set-up?token=" + link.text());
        type(page, "Password", "password123456");
        press(page, "Go on");
        alerts(page, "tried first");
        assertThat(window.barriers()).isEmpty();
        type(page, "Password", PASSWORD);
        press(page, "Go on");

        see(page, "Enrol an authenticator");
        assertThat(window.barriers()).isEmpty();
        page.navigate("/");
        see(page, "Enrol an authenticator");
        var authenticator = Authenticator.of(page.locator("main code").innerText());
        var first = authenticator.code(0);
        type(page, "Code", first);
        press(page, "Confirm");
        see(page, "Recovery codes");
        assertThat(window.barriers()).isEmpty();
        page.getByText("I have kept them").click();
        see(page, "Overview");

        page.getByText(person.name()).click();
        press(page, "Sign out");
        page.navigate("/account/sessions");
        type(page, "Name", person.name());
        type(page, "Password", PASSWORD);
        press(page, "Sign in");
        see(page, "Second factor");
        assertThat(window.barriers()).isEmpty();
        type(page, "Code", first);
        press(page, "Go on");
        alerts(page, "not right");
        type(page, "Code", authenticator.code(1));
        press(page, "Go on");
        see(page, "Sessions");
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void aViewerNeedsNoSecondFactor(Window window) {
        var person = window.server().person(Grant.in("alpha", Role.VIEWER));
        window.server().part(Credentials.class).setPassword(person.id(), PASSWORD);

        var page = window.open("/sign-in");
        type(page, "Name", person.name());
        type(page, "Password", PASSWORD);
        press(page, "Sign in");

        see(page, "Overview");
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void aLinkIsGoodOnce(Running server) {
        var person = server.person();
        var link = server.part(Invitations.class).invite(person.id()).text();
        var form = Map.of("token", link, "password", PASSWORD);

        assertThat(server.anonymous().get("/set-up?token=" + link).statusCode()).isEqualTo(200);
        assertThat(server.anonymous().post("/set-up", form).statusCode()).isEqualTo(303);
        assertThat(server.anonymous().post("/set-up", form).statusCode()).isEqualTo(410);
        assertThat(server.anonymous().get("/set-up?token=" + link).statusCode()).isEqualTo(410);
    }

    @Test
    void theFirstAdministratorSetsTheServerUpOnceAndWithTheRightLinkOnly(Running server) {
        server.part(Jdbi.class).useHandle(handle -> handle.execute("DELETE FROM person"));
        var name = "first" + System.nanoTime();
        var path = server.part(FirstLink.class).path().orElseThrow();
        var form = Map.of("token", path.substring(path.indexOf('=') + 1), "name", name, "password", PASSWORD);

        assertThat(server.anonymous().get("/set-up?token=guessed").statusCode()).isEqualTo(410);
        assertThat(server.anonymous()
                        .post("/set-up", Map.of("token", "guessed", "name", name, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(410);
        assertThat(server.anonymous().get(path).body()).contains("become its administrator");
        var done = server.anonymous().post("/set-up", form);
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location"))
                .hasValueSatisfying(next -> assertThat(next).startsWith("/account/authenticator"));

        assertThat(server.anonymous().post("/set-up", form).statusCode()).isEqualTo(410);
        assertThat(server.anonymous().get(path).statusCode()).isEqualTo(410);
        assertThat(server.part(FirstLink.class).path())
                .as("there is an administrator")
                .isEmpty();
        var person = server.part(People.class).named(name).orElseThrow();
        assertThat(server.part(People.class).roles(person.id()).everywhere()).containsExactly(Role.ADMINISTRATOR);
    }

    @Test
    void whoExistsIsNotTold(Running server) {
        var person = server.person();
        server.part(Credentials.class).setPassword(person.id(), PASSWORD);

        var known = server.anonymous().post("/sign-in", Map.of("name", person.name(), "password", "wrong"));
        var unknown = server.anonymous().post("/sign-in", Map.of("name", "nobody-at-all", "password", "wrong"));

        assertThat(known.statusCode()).isEqualTo(422).isEqualTo(unknown.statusCode());
        assertThat(known.body()).contains("Name or password are not right");
        assertThat(plain(unknown.body())).isEqualTo(plain(known.body()));
    }

    @Test
    void aFormThatAnotherSiteSendsIsRefused(Running server) {
        var forged = server.anonymous()
                .send(
                        "POST",
                        "/sign-in",
                        "name=a&password=b",
                        Map.of("Content-Type", "application/x-www-form-urlencoded", "X-CSRF-TOKEN", "forged"));

        assertThat(forged.statusCode()).isIn(401, 403);
    }

    @Test
    void nobodyIsSentToAnotherSite(Running server) {
        for (var next :
                new String[] {"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"}) {
            var encoded = java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8);
            assertThat(server.anonymous().get("/sign-in?next=" + encoded).body())
                    .as(next)
                    .contains("name=\"next\" value=\"/\"");
        }
    }

    /** Without the token against forged requests, which differs each time. */
    private static String plain(String html) {
        return html.replaceAll("(data-csrf|name=\"_csrf\" value)=\"[^\"]*\"", "");
    }

    /** Waits until the page with this heading is there. */
    private static void see(Page page, String heading) {
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(heading);
    }

    private static void alerts(Page page, String text) {
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).containsText(text);
    }

    private static void type(Page page, String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
