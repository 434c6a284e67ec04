package dev.stepzero.server.runs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class RunPageTest {
    @Test
    void whoWatchesARunSeesWhatHappensWithoutReloading(Window window) {
        var sample = Sample.project(window.server(), "watched");
        var run = sample.run("running");
        sample.step(run, "test", "verify", "running", 1);
        sample.line(run, "test", 1, "compiling");
        var page = window.as(window.server().person(Grant.in("watched", Role.VIEWER)))
                .open("/projects/watched/runs/" + run);
        assertThat(page.getByText("the page follows it")).isVisible();

        sample.line(run, "test", 2, "212 tests passed & <b>none</b> failed");
        sample.step(run, "scan-source", "analyse", "running", 2);

        assertThat(page.getByLabel("Log of test")).containsText("212 tests passed & <b>none</b> failed");
        assertThat(page.locator("#state")
                        .getByRole(
                                AriaRole.CELL,
                                new com.microsoft.playwright.Locator.GetByRoleOptions().setName("scan-source")))
                .isVisible();

        sample.end(run, "succeeded");

        assertThat(page.getByText("This run is over.")).isVisible();
        assertThat(page.locator("#state").getByText("succeeded").first()).isVisible();
        assertThat(page.getByLabel("Log of test").innerText()).containsOnlyOnce("compiling");
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void withoutScriptTheStateStandsThereWithAWayToReload(Window window) {
        var sample = Sample.project(window.server(), "plain");
        var run = sample.run("running");
        sample.step(run, "test", "verify", "running", 1);
        sample.line(run, "test", 1, "compiling");

        var body = window.server()
                .signedIn(Grant.in("plain", Role.VIEWER))
                .get("/projects/plain/runs/" + run)
                .body();

        assertThat(body).contains("compiling", "Reload</a>", "of 15 min").contains(">running</span>");
    }

    @Test
    void theLogIsSearchedAndTurnedPageByPage(Window window) {
        var sample = Sample.project(window.server(), "searched");
        var run = sample.run("succeeded");
        sample.step(run, "test", "verify", "succeeded", 1);
        for (var number = 1; number <= 250; number++) {
            sample.line(run, "test", number, number == 7 ? "the needle" : "hay " + number);
        }
        var page = window.as(window.server().person(Grant.in("searched", Role.VIEWER)))
                .open("/projects/searched/runs/" + run);

        page.getByLabel("Search the log").last().fill("NEEDLE");
        page.getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Search"))
                .click();

        assertThat(page.locator("pre")).hasText("test the needle");
        assertThat(page.url()).endsWith("search=NEEDLE");
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void aReaderWhoComesBackGetsWhatItMissed(Window window) {
        var sample = Sample.project(window.server(), "resumed");
        var run = sample.run("succeeded");
        sample.step(run, "test", "verify", "succeeded", 1);
        sample.line(run, "test", 1, "first");
        sample.line(run, "test", 2, "second");
        var client = window.server().signedIn(Grant.in("resumed", Role.VIEWER));
        var events = "/projects/resumed/runs/%d/events".formatted(run);

        var all = client.get(events);
        var id = all.body()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        var missed = client.send("GET", events, "", Map.of("Last-Event-ID", String.valueOf(Long.parseLong(id) - 1)));

        assertThat(all.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(all.body()).contains("data: [[\"test\",\"first\"],[\"test\",\"second\"]]", "event: end");
        assertThat(missed.body()).contains("data: [[\"test\",\"second\"]]").doesNotContain("first");
        assertThat(client.send("GET", events, "", Map.of("Last-Event-ID", "x'--"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRunIsFoundInItsOwnProjectOnly(Window window) {
        var run = Sample.project(window.server(), "covered").run("failed");
        Sample.project(window.server(), "shown");
        var client = window.server().signedIn(Grant.in("shown", Role.VIEWER));

        for (var end : new String[] {"", "/state", "/log", "/events"}) {
            assertThat(client.get("/projects/shown/runs/" + run + end).statusCode())
                    .isEqualTo(404);
            assertThat(client.get("/projects/covered/runs/" + run + end).statusCode())
                    .isNotEqualTo(200);
        }
        assertThat(client.get("/runs").body()).doesNotContain("covered");
        assertThat(client.get("/runs?project=covered").statusCode()).isEqualTo(404);
    }

    @Test
    void theListIsFilteredByItsAddress(Window window) {
        var sample = Sample.project(window.server(), "listed");
        var failed = sample.run("failed");
        var good = sample.run("succeeded");
        var page = window.as(window.server().person(Grant.everywhere(Role.VIEWER)))
                .open("/runs?project=listed&status=failed");

        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody")).containsText(String.valueOf(failed));
        page.getByLabel("Status").selectOption("succeeded");
        page.getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Show"))
                .click();
        assertThat(page.locator("tbody")).containsText(String.valueOf(good));
        assertThat(page.url()).contains("status=succeeded");
        assertThat(window.server()
                        .signedIn(Grant.everywhere(Role.VIEWER))
                        .get("/runs?status=nothing")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void manyStreamsHoldNoConnectionToTheDatabase(Window window) throws Exception {
        Running server = window.server();
        var sample = Sample.project(server, "crowded");
        var run = sample.run("running");
        sample.step(run, "test", "verify", "running", 1);
        var client = server.signedIn(Grant.in("crowded", Role.VIEWER));
        var readers = java.util.stream.IntStream.range(0, 200)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    if (!client.get("/projects/crowded/runs/%d/events".formatted(run))
                            .body()
                            .contains("done at last")) {
                        throw new IllegalStateException("the line is missing");
                    }
                    heard.incrementAndGet();
                }))
                .toList();

        assertThat(client.get("/projects/crowded/runs/" + run).statusCode()).isEqualTo(200);
        sample.line(run, "test", 1, "done at last");
        sample.end(run, "succeeded");
        for (var reader : readers) {
            reader.join();
        }

        assertThat(heard).hasValue(200);
    }

    private final java.util.concurrent.atomic.AtomicInteger heard = new java.util.concurrent.atomic.AtomicInteger();
}
