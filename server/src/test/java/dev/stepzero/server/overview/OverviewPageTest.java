package dev.stepzero.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
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
    void anEmptyServerSaysHowToBegin(Window window) {
        var page =
                window.as(window.server().person(Grant.everywhere(Role.VIEWER))).open("/");

        assertThat(page.getByRole(AriaRole.HEADING).allInnerTexts()).contains("Overview", "Nothing runs yet");
        assertThat(window.complaints()).isEmpty();
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
