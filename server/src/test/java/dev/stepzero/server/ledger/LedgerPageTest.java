package dev.stepzero.server.ledger;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.ledger.LedgerAudit;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.RunningServer.Running;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(Pages.class)
class LedgerPageTest {
    @Test
    void anAuditorSearchesAndSeesTheProofOfAnEntry(Window window) {
        var number = write(window.server(), "sought", "gate.judge", Outcome.DENIED, "the gate said <b>no</b>");
        write(window.server(), "sought", "release.admit", Outcome.ALLOWED, "");
        window.server().part(InstalledLedger.class).ledger().checkpoint();
        var page = window.as(window.server().person(Grant.everywhere(Role.AUDITOR)))
                .open("/ledger");

        page.getByLabel("Who").fill("tester");
        page.getByLabel("Outcome").selectOption("denied");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Search"))
                .click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody")).containsText("the gate said <b>no</b>");
        assertThat(page.url()).contains("who=tester", "outcome=denied");

        page.locator("tbody a").first().click();
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
                .hasText("Entry " + number);
        assertThat(page.getByText("hashes lead from it to the root")).isVisible();
        assertThat(window.complaints()).isEmpty();
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void whoseRoleHoldsInOneProjectSeesItsEntriesOnly(Window window) {
        var server = window.server();
        var own = write(server, "mine", "release.admit", Outcome.ALLOWED, "for mine");
        var other = write(server, "theirs", "release.admit", Outcome.ALLOWED, "for theirs");
        var whole = write(server, "", "ledger.export", Outcome.SUCCEEDED, "of the server");
        var auditor = server.signedIn(Grant.in("mine", Role.AUDITOR), Grant.in("theirs", Role.VIEWER));

        assertThat(auditor.get("/ledger").body()).contains("for mine").doesNotContain("for theirs", "of the server");
        assertThat(auditor.get("/ledger?project=theirs").statusCode()).isEqualTo(404);
        assertThat(auditor.get("/ledger/" + own).statusCode()).isEqualTo(200);
        for (var hidden : List.of(other, whole)) {
            assertThat(auditor.get("/ledger/" + hidden).statusCode()).isEqualTo(404);
            assertThat(auditor.get("/ledger/" + hidden + "/proof").statusCode()).isEqualTo(404);
        }
        assertThat(auditor.post("/ledger/export", Map.of()).statusCode()).isEqualTo(403);
        assertThat(server.signedIn(Grant.everywhere(Role.VIEWER)).get("/ledger").statusCode())
                .isEqualTo(403);
    }

    @Test
    void anExportVerifiesOfflineAndIsItselfAnEntry(Window window) throws Exception {
        var server = window.server();
        write(server, "exported", "release.admit", Outcome.ALLOWED, "taken along");
        var auditor = server.signedIn(Grant.everywhere(Role.AUDITOR));

        var export = auditor.post("/ledger/export", Map.of());

        var keys = server.part(InstalledLedger.class).keys().keys();
        var audited = new LedgerAudit(keys, List.of())
                .of(new ByteArrayInputStream(export.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(audited.fault()).isEmpty();
        assertThat(audited.checkpoints()).isPositive();
        assertThat(export.body()).contains("taken along");
        assertThat(export.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("ledger.jsonl");
        assertThat(auditor.get("/ledger?action=ledger.export").body()).contains(">ledger.export</td>");
        assertThat(auditor.get("/ledger/checkpoint").body()).startsWith("stepzero.dev/ledger/");
    }

    @Test
    void aProofIsTakenAlongAsTheCommandLinePrintsIt(Window window) {
        var server = window.server();
        var number = write(server, "proven", "release.admit", Outcome.ALLOWED, "proven");
        server.part(InstalledLedger.class).ledger().checkpoint();

        var proof = server.signedIn(Grant.everywhere(Role.AUDITOR))
                .get("/ledger/" + number + "/proof")
                .body();

        assertThat(proof).startsWith("{\"entry\":").contains("\nindex " + number + "\n", "\nstepzero.dev/ledger/");
    }

    @Test
    void pagesGoOnBehindTheLastEntryAndATimeIsADayOrAMinute(Window window) {
        var server = window.server();
        for (var number = 0; number < 52; number++) {
            write(server, "long", "release.admit", Outcome.ALLOWED, "entry " + number);
        }
        var client = server.signedIn(Grant.everywhere(Role.SECURITY));
        var first = client.get("/ledger?project=long").body();
        var older = first.replaceAll("(?s).*href=\"(/ledger\\?project=long&amp;before=\\d+)\".*", "$1")
                .replace("&amp;", "&");

        assertThat(first).contains("entry 51<", "entry 2<").doesNotContain("entry 1<");
        assertThat(client.get(older).body()).contains("entry 1<", "entry 0<").doesNotContain("entry 2<");
        assertThat(client.get("/ledger?project=long&until=2001-01-01").body()).contains("No entry is like that");
        assertThat(client.get("/ledger?project=long&from=2001-01-01T10:00").body())
                .contains("entry 51<");
        for (var wrong : List.of("from=yesterday", "until=2026-13-01", "outcome=maybe")) {
            assertThat(client.get("/ledger?" + wrong).statusCode()).as(wrong).isEqualTo(422);
        }
        assertThat(client.get("/ledger?before=x").statusCode()).isEqualTo(400);
        assertThat(client.get("/ledger/999999999").statusCode()).isEqualTo(404);
    }

    private static long write(Running server, String project, String action, Outcome outcome, String reason) {
        return server.part(InstalledLedger.class)
                .ledger()
                .append(new Entry(
                        new Actor("tester", "", "192.0.2.7"),
                        action,
                        new Thing("image", "sha256:0", project, ""),
                        Instant.now(),
                        outcome,
                        reason,
                        Details.NONE));
    }
}
