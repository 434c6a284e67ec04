package dev.stepzero.server.projects;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.LocatorOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.core.Severity;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import dev.stepzero.ship.catalog.Projects;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class ProjectsPageTest {
    @Test
    void anAdministratorRegistersAProjectAndDecidesHowStrictlyItIsJudged(Window window) {
        var page = window.as(window.server().person(Grant.everywhere(Role.ADMINISTRATOR)))
                .open("/projects");
        page.getByText("Register a project").click();
        page.getByLabel("Name", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill("fresh");
        page.getByLabel("Address of the repository").fill("https://forge.example.org/team/fresh.git");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Register"))
                .click();
        assertThat(page.locator("h1")).hasText("fresh");

        page.locator("main a", new LocatorOptions().setHasText("Settings")).click();
        page.getByLabel("The gate blocks").selectOption("medium");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save")).click();

        assertThat(window.server()
                        .part(Projects.class)
                        .find("fresh")
                        .orElseThrow()
                        .settings()
                        .failOn())
                .hasValue(Severity.MEDIUM);
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void whatCannotBeAProjectIsRefused(Window window) {
        var client = window.server().signedIn(Grant.everywhere(Role.ADMINISTRATOR));

        assertThat(client.post(
                                "/projects",
                                Map.of(
                                        "name",
                                        "Bad Name",
                                        "cloneUrl",
                                        "https://a.example/x.git",
                                        "provider",
                                        "github",
                                        "protectedBranch",
                                        "main"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.post(
                                "/projects",
                                Map.of(
                                        "name",
                                        "inside",
                                        "cloneUrl",
                                        "file:///etc",
                                        "provider",
                                        "github",
                                        "protectedBranch",
                                        "main"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.post("/projects", Map.of()).statusCode()).isEqualTo(422);
    }

    @Test
    void aProjectShowsItsRunsEnvironmentsAndFindings(Window window) {
        var sample = Sample.project(window.server(), "whole");
        var run = sample.run("succeeded");
        sample.finding(run, "AWS-1", 2, "The port is open");
        sample.deployment(run, "serving", '1', 2);
        var page = window.as(window.server().person(Grant.in("whole", Role.VIEWER)))
                .open("/projects/whole");

        assertThat(page.locator("tbody tr")).hasCount(3);
        assertThat(page.locator("main a", new LocatorOptions().setHasText("Settings")))
                .hasCount(0);
        assertThat(window.barriers()).isEmpty();
        assertThat(window.server()
                        .signedIn(Grant.everywhere(Role.VIEWER))
                        .get("/projects/nobody")
                        .statusCode())
                .isEqualTo(404);
    }
}
