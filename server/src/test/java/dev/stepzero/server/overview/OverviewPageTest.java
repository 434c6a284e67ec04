package dev.stepzero.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Pages.class)
class OverviewPageTest {
    @Test
    void whoIsNotSignedInIsAskedTo(Window window) {
        var page = window.open("/");

        assertThat(page.title()).isEqualTo("Sign in · Stepzero");
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void whatServesWhatIsWrongAndHowDeliveryGoesStandsThere(Window window) {
        var sample = Sample.project(window.server(), "seen");
        var good = sample.run("succeeded");
        sample.deployment(good, "replaced", '7', 9);
        sample.deployment(sample.run("succeeded"), "serving", '8', 1);
        sample.finding(good, "AWS-1", 3, "The port is open");
        var blocked = sample.run("blocked");
        var page =
                window.as(window.server().person(Grant.in("seen", Role.VIEWER))).open("/");

        assertThat(page.locator("tbody tr").allInnerTexts())
                .singleElement()
                .asString()
                .contains("seen", "production");
        assertThat(page.locator(".list").first().innerText()).contains("seen " + blocked, "blocked");
        assertThat(page.locator(".counts").innerText()).startsWith("1\ncritical");
        assertThat(page.locator(".keys .curve").count()).isPositive();
        assertThat(page.locator(".keys").innerText()).contains("Deployment frequency", "Change failure rate", "0 %");
        assertThat(window.complaints()).isEmpty();
    }

    @Test
    void whoSeesOneProjectIsToldOfNoOther(Window window) {
        var other = Sample.project(window.server(), "secretive");
        other.deployment(other.run("succeeded"), "serving", '9', 1);
        other.run("failed");
        var client = window.server().signedIn(Grant.in("unknown", Role.VIEWER));

        for (var path :
                new String[] {"/", "/environments", "/projects", "/runs", "/findings", "/waivers", "/approvals"}) {
            assertThat(client.get(path).body()).as(path).doesNotContain("secretive");
        }
        assertThat(client.get("/?project=secretive").statusCode()).isEqualTo(404);
    }

    @Test
    void everybodyCanReadItInLightAndDarkOnADeskAndOnAPhone(Window window) {
        var page =
                window.as(window.server().person(Grant.everywhere(Role.VIEWER))).open("/");

        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(1280, 800);
            assertThat(window.barriers()).as(scheme + " desk").isEmpty();
            page.setViewportSize(390, 844);
            assertThat(window.barriers()).as(scheme + " phone").isEmpty();
        }
    }
}
