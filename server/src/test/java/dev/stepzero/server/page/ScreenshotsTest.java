package dev.stepzero.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looks at the pages with data in them, in both schemes, on a desk and on a phone; pictures go to STEPZERO_SCREENSHOTS. */
@ExtendWith(Pages.class)
class ScreenshotsTest {
    private static final String NAME = "invoicer";

    @Test
    void everybodyCanReadThePagesInLightAndDarkOnADeskAndOnAPhone(Window window) {
        var pages = pages(Sample.project(window.server(), NAME));
        var people = window.server().part(People.class);
        var person = people.add("ada", "", "");
        for (var role : new Role[] {Role.OPERATOR, Role.DEVELOPER, Role.SECURITY}) {
            people.grant(person.id(), Grant.in(NAME, role));
        }
        window.as(person);

        pages.forEach((name, path) -> {
            var page = window.open(path);
            for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (var width : new int[] {1000, 390}) {
                    page.setViewportSize(width, 700);
                    assertThat(window.barriers())
                            .as("%s, %s, %d", name, scheme, width)
                            .isEmpty();
                    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                            .as("%s is no wider than %d", name, width)
                            .isLessThanOrEqualTo(width);
                    shoot(
                            page,
                            "%s-%s-%d.png".formatted(name, scheme.name().toLowerCase(java.util.Locale.ROOT), width));
                }
            }
        });

        assertThat(window.complaints()).isEmpty();
    }

    private static void shoot(Page page, String file) {
        Optional.ofNullable(System.getenv("STEPZERO_SCREENSHOTS"))
                .ifPresent(directory -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(directory, file))
                        .setFullPage(page.viewportSize().width < 500)));
    }

    private static LinkedHashMap<String, String> pages(Sample sample) {
        for (var week = 11; week > 0; week--) {
            sample.deployment(sample.run("succeeded"), "replaced", "0123456789abcde".charAt(week), week * 7 - 3);
            if (week % 5 == 2) {
                sample.deployment(
                        sample.run("succeeded"), "replaced", "ghijklmnopqrs".charAt(week), week * 7 - 4, "rollback");
            }
        }
        var good = sample.run("succeeded");
        sample.deployment(good, "serving", 'f', 1);
        var open = sample.finding(good, "AWS_SG_OPEN_INGRESS", 3, "The security group opens port 22 to everybody");
        sample.finding(good, "AWS_S3_PUBLIC", 2, "The bucket can be read by everybody");
        sample.finding(good, "SECRET_GITHUB_TOKEN", 3, "A GitHub token stands in the code");
        sample.finding(good, "K8S_RUN_AS_ROOT", 1, "The container runs as root");
        sample.finding(good, "TF_NO_DESCRIPTION", 0, "The variable has no description");
        sample.run("blocked");
        sample.run("failed");
        var run = sample.run("running");
        sample.step(run, "checkout", "source", "succeeded", 0);
        sample.step(run, "test", "verify", "succeeded", 1);
        sample.step(run, "image", "build", "succeeded", 4);
        sample.step(run, "scan-image", "analyse", "running", 7);
        sample.line(run, "test", 1, "[INFO] Tests run: 212, Failures: 0, Errors: 0, Skipped: 3");
        sample.line(run, "scan-image", 1, "looking at 94 packages in 3 layers");
        sample.line(run, "scan-image", 2, "openssl 3.0.17-1~deb12u3: no advisory applies");
        var pages = new LinkedHashMap<String, String>();
        pages.put("overview", "/");
        pages.put("runs", "/runs");
        pages.put("run", "/projects/invoicer/runs/" + run);
        pages.put("log", "/projects/invoicer/runs/%d/log".formatted(run));
        pages.put("environments", "/environments");
        pages.put("environment", "/projects/invoicer/environments/production");
        pages.put("release", "/projects/invoicer/releases/" + Sample.imageOf('f'));
        pages.put("projects", "/projects");
        pages.put("project", "/projects/invoicer");
        pages.put("findings", "/findings");
        pages.put("finding", "/projects/invoicer/findings/" + open);
        sample.verification(42, "succeeded");
        pages.put("approvals", "/approvals");
        pages.put("waivers", "/waivers");
        return pages;
    }
}
