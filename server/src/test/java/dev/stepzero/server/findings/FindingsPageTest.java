package dev.stepzero.server.findings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.Sample;
import dev.stepzero.ship.waivers.WaiverBook;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class FindingsPageTest {
    @Test
    void theListIsFilteredByItsAddress(Window window) {
        var sample = Sample.project(window.server(), "leaky");
        var run = sample.run("blocked");
        sample.finding(run, "AWS-1", 3, "The port is open to everybody");
        sample.finding(run, "AWS-2", 0, "There is no description");
        var page = window.as(window.server().person(Grant.in("leaky", Role.DEVELOPER)))
                .open("/findings");
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody tr").first()).containsText("open to everybody");

        page.getByLabel("Severity").first().selectOption("low");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Show")).click();

        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.url()).contains("severity=low");
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void anAddressThatAsksForNonsenseIsAnsweredWithWhy(Window window) {
        Sample.project(window.server(), "odd");
        var client = window.server().signedIn(Grant.in("odd", Role.VIEWER));

        assertThat(client.get("/findings?severity=awful").statusCode()).isEqualTo(422);
        assertThat(client.get("/findings?after=x").statusCode()).isEqualTo(422);
        assertThat(client.get("/findings?project=another").statusCode()).isEqualTo(404);
        assertThat(client.get("/projects/odd/findings/999999999").statusCode()).isEqualTo(404);
        assertThat(client.get("/projects/odd/findings/x").statusCode()).isEqualTo(400);
    }

    @Test
    void aWaiverIsAskedForByOneAndGrantedByAnother(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "waived");
        var finding = sample.finding(sample.run("blocked"), "AWS-1", 3, "The port is open to everybody");
        var ada = server.person(Grant.in("waived", Role.DEVELOPER), Grant.in("waived", Role.SECURITY));
        var page = window.as(ada).open("/projects/waived/findings/" + finding);
        assertThat(page.locator("pre.code .meant")).containsText("cidr_blocks = [\"0.0.0.0/0\"]");
        assertThat(page.getByText("<script>alert(1)</script>")).isVisible();
        assertThat(window.barriers()).isEmpty();

        page.getByText("Ask for a waiver").click();
        page.getByLabel("Why it can be accepted").fill("Only the office network reaches the host");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Ask")).click();
        assertThat(page.getByText("Only the office network")).isVisible();
        page.navigate("/waivers");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Grant")))
                .hasCount(0);

        window.as(server.person(Grant.in("waived", Role.SECURITY))).open("/waivers");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Grant")).click();
        assertThat(page.getByText("granted", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                        .last())
                .isVisible();

        assertThat(server.part(WaiverBook.class).granted("waived")).hasSize(1);
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void whoAskedCannotGrantByARequestOfTheirOwn(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "selfish");
        var finding = sample.finding(sample.run("blocked"), "AWS-1", 3, "The port is open");
        var client = server.signedIn(Grant.in("selfish", Role.DEVELOPER), Grant.in("selfish", Role.SECURITY));
        client.post(
                "/projects/selfish/findings/%d/waivers".formatted(finding),
                Map.of(
                        "reason",
                        "because",
                        "until",
                        java.time.LocalDate.now(java.time.ZoneOffset.UTC)
                                .plusDays(3)
                                .toString()));
        var waiver = server.part(WaiverBook.class).of(finding).getFirst().id();

        var answer =
                client.post("/projects/selfish/waivers/%d/decision".formatted(waiver), Map.of("decision", "grant"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(server.part(WaiverBook.class).granted("selfish")).isEmpty();
    }
}
