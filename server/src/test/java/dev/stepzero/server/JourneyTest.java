package dev.stepzero.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.signin.Authenticator;
import dev.stepzero.ship.rollbacks.Rollbacks;
import dev.stepzero.ship.waivers.WaiverBook;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A day of somebody who lives in the product: from the sign-in to what the ledger says of it, by clicks alone. */
@Timeout(180)
@ExtendWith(Pages.class)
class JourneyTest {
    private static final Pattern ENTRY = Pattern.compile(".*/ledger/[0-9]+");
    private static final String PASSWORD = "nine fjords under one slate roof";

    @Test
    void somebodySignsInWatchesApprovesRollsBackWaivesAndFindsItAllInTheLedger(Window window) {
        var server = window.server();
        var sample = Sample.project(server, "journey");
        sample.deployment(sample.run("succeeded"), "replaced", 't', 3);
        sample.deployment(sample.run("succeeded"), "serving", 'u', 1);
        Sample.project(server, "travel").verification(7, "succeeded");
        var finding = sample.finding(sample.run("blocked"), "AWS_SG_OPEN_INGRESS", 3, "Port 22 is open to everybody");
        var run = sample.run("running");
        sample.step(run, "test", "verify", "running", 1);
        var other = server.signedIn(Grant.in("journey", Role.DEVELOPER));
        other.post(
                "/projects/journey/findings/%d/waivers".formatted(finding),
                Map.of("reason", "Only the office reaches it", "until", inAWeek()));
        var person = server.person(
                Grant.in("travel", Role.APPROVER),
                Grant.in("journey", Role.OPERATOR),
                Grant.in("journey", Role.SECURITY));
        var page = window.page();

        signIn(window, person.name(), server.part(Credentials.class), person.id());
        watch(page, sample, run);
        approve(page);
        rollBack(page, server.part(Rollbacks.class));
        waive(page);
        assertThat(server.part(WaiverBook.class).granted("journey")).hasSize(1);
        search(page, person.name());

        assertThat(window.complaints()).isEmpty();
    }

    private static void signIn(Window window, String name, Credentials credentials, long person) {
        credentials.setPassword(person, PASSWORD);
        var authenticator = Authenticator.of(credentials.beginTotp(person));
        assertThat(credentials.useTotp(person, authenticator.code(0))).isTrue();
        var page = window.open("/");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
        press(page, "Sign in");
        page.getByLabel("Code").fill(authenticator.code(1));
        press(page, "Go on");
        see(page, "Overview");
    }

    private static void watch(Page page, Sample sample, long run) {
        go(page, "Runs");
        page.getByRole(
                        AriaRole.LINK,
                        new GetByRoleOptions().setName(Long.toString(run)).setExact(true))
                .click();
        assertThat(page.getByText("the page follows it")).isVisible();
        sample.line(run, "test", 1, "212 tests passed");
        assertThat(page.getByLabel("Log of test")).containsText("212 tests passed");
        sample.end(run, "succeeded");
        assertThat(page.getByText("This run is over.")).isVisible();
    }

    private static void approve(Page page) {
        go(page, "Approvals");
        page.getByLabel("Project").selectOption("travel");
        press(page, "Show");
        press(page, "Approve this commit");
        assertThat(page.getByText("1 approve this commit")).isVisible();
    }

    private static void rollBack(Page page, Rollbacks rollbacks) {
        go(page, "Environments");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("production"))
                .click();
        page.getByText("Roll back").first().click();
        page.getByLabel("Reason").fill("The basket is empty");
        page.getByLabel("to confirm").fill("production");
        press(page, "Roll back");
        page.waitForCondition(
                () -> rollbacks.of("journey", "production", 1).stream().anyMatch(request -> !request.isOpen()));
    }

    private static void waive(Page page) {
        go(page, "Findings");
        page.getByLabel("Project").selectOption("journey");
        page.getByLabel("Words").fill("port 22");
        press(page, "Show");
        assertThat(page.locator("tbody tr")).hasCount(1);
        go(page, "Waivers");
        page.getByLabel("Note").fill("Until the new network is there");
        press(page, "Grant");
        assertThat(page.getByText("decided by")).isVisible();
    }

    private static void search(Page page, String name) {
        go(page, "Ledger");
        page.getByLabel("Who").fill(name);
        searchUntil(page, "waiver.decide");
        assertThat(page.locator("tbody")).containsText("environment.rollback");
        page.locator("tbody a").first().click();
        page.waitForURL(ENTRY.asMatchPredicate());
        see(page, "Entry " + page.url().replaceAll(".*/", ""));
    }

    /** An entry gets its number soon after what it tells of is committed, and nobody sees it before. */
    private static void searchUntil(Page page, String action) {
        page.waitForCondition(() -> {
            press(page, "Search");
            return page.locator("tbody").innerText().contains(action);
        });
    }

    private static String inAWeek() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(7).toString();
    }

    private static void go(Page page, String section) {
        page.getByRole(AriaRole.NAVIGATION, new GetByRoleOptions().setName("Sections"))
                .getByRole(AriaRole.LINK, new com.microsoft.playwright.Locator.GetByRoleOptions().setName(section))
                .click();
        see(page, section);
    }

    private static void see(Page page, String heading) {
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
                .hasText(heading);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button)).click();
    }
}
