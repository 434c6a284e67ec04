package dev.stepzero.server.hooks;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.ship.forge.endpoint.ForgeTokens;
import dev.stepzero.ship.forge.inbox.Delivered;
import dev.stepzero.ship.forge.inbox.Deliveries;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(90)
@ExtendWith(Pages.class)
class ForgePageTest {
    @Test
    void aSecretIsShownOnceAndTheOldOneCountsForAWhile(Window window) throws Exception {
        try (var upstream = Upstream.of(window.server())) {
            upstream.commit(Map.of("README", "begun"));
            var page = window.as(window.server().person(Grant.everywhere(Role.ADMINISTRATOR)))
                    .open("/projects/%s/forge".formatted(upstream.project()));
            assertThat(page.getByText("/hooks/github/" + upstream.project())).isVisible();

            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Make a new secret"))
                    .click();
            var secret = page.locator("#secret").innerText();
            assertThat(window.barriers()).isEmpty();
            page.navigate("/projects/%s/forge".formatted(upstream.project()));

            assertThat(page.content()).doesNotContain(secret);
            assertThat(secret).hasSize(64);
            assertThat(upstream.deliver("ping", "new", "{\"zen\": \"new\"}", secret)
                            .statusCode())
                    .isEqualTo(202);
            assertThat(upstream.deliver("ping", "old", "{\"zen\": \"old\"}").statusCode())
                    .isEqualTo(202);
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("End the old one now"))
                    .first()
                    .click();
            assertThat(page.getByText("End the old one now")).hasCount(0);
            assertThat(upstream.deliver("ping", "late", "{\"zen\": \"late\"}").statusCode())
                    .isEqualTo(403);
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void deliveriesAreShownWithWhatBecameOfThemAndWorkedOnAgain(Window window) throws Exception {
        var server = window.server();
        try (var upstream = Upstream.of(server)) {
            upstream.deliver("ping", "shown", "{\"zen\": \"shown\"}");
            upstream.deliver("ping", "forged", "{\"zen\": \"forged\"}", "a guessed secret, and wrong");
            await(() -> first(window, upstream.project()).isOver());
            var page = window.as(server.person(Grant.everywhere(Role.ADMINISTRATOR)))
                    .open("/projects/%s/forge".formatted(upstream.project()));

            assertThat(page.getByText("the forge asked whether somebody is here"))
                    .isVisible();
            await(() -> {
                page.reload();
                return page.getByText("the signature is wrong").count() == 1;
            });
            server.part(Jdbi.class)
                    .useHandle(handle -> handle.execute(
                            "update webhook_delivery set result = 'was away', state = 'parked' where project = ?",
                            upstream.project()));
            page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Work on it again"))
                    .click();

            await(() -> first(window, upstream.project())
                    .result()
                    .filter("the forge asked whether somebody is here"::equals)
                    .isPresent());
            assertThat(window.barriers()).isEmpty();
        }
    }

    @Test
    void aRepositoryInStepzeroItselfIsMadeByRegisteringIt(Window window) {
        var page = window.as(window.server().person(Grant.everywhere(Role.ADMINISTRATOR)))
                .open("/projects");
        page.getByText("Register a project").click();
        page.getByLabel("Name", new GetByLabelOptions().setExact(true)).fill("housed");
        page.getByLabel("Forge").selectOption("stepzero");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Register"))
                .click();
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Forge and webhook"))
                .click();

        assertThat(page.getByText("/git/housed.git")).isVisible();
        assertThat(window.server().home().root().resolve("repositories/housed.git/HEAD"))
                .exists();
        assertThat(window.server()
                        .signedIn(Grant.everywhere(Role.ADMINISTRATOR))
                        .post("/projects/housed/forge/secret", Map.of())
                        .statusCode())
                .as("it needs no webhook")
                .isEqualTo(422);
    }

    @Test
    void tokensAreSealedAndNeverShown(Window window) throws Exception {
        try (var upstream = Upstream.of(window.server())) {
            var client = window.server().signedIn(Grant.everywhere(Role.ADMINISTRATOR));
            var path = "/projects/%s/forge".formatted(upstream.project());

            client.post(path + "/token", Map.of("login", "bot", "token", "ghp_0123456789"));

            assertThat(client.get(path).body()).contains("There is one.").doesNotContain("ghp_0123456789");
            assertThat(window.server().part(ForgeTokens.class).of(upstream.project()))
                    .hasValueSatisfying(login -> assertThat(login.password()).isEqualTo("ghp_0123456789"));
            client.post(path + "/token", Map.of("token", ""));
            assertThat(window.server().part(ForgeTokens.class).of(upstream.project()))
                    .isEmpty();
        }
    }

    @Test
    void addressesOfThisHostAndItsNetworkAreRefused(Window window) {
        var client = window.server().signedIn(Grant.everywhere(Role.ADMINISTRATOR));
        for (var address : new String[] {
            "https://169.254.169.254/a/b.git",
            "http://127.0.0.1:5432/a/b.git",
            "https://[::1]/a/b.git",
            "file:///etc/passwd",
            "ssh://git@forge.example.org/a/b.git",
            "stepzero:another"
        }) {
            assertThat(client.post(
                                    "/projects",
                                    Map.of(
                                            "name", "guarded",
                                            "cloneUrl", address,
                                            "provider", "github",
                                            "protectedBranch", "main"))
                            .statusCode())
                    .as(address)
                    .isBetween(400, 422);
        }
    }

    private static Delivered first(Window window, String project) {
        return window.server()
                .part(Deliveries.class)
                .page(project, Optional.empty(), 1)
                .getFirst();
    }

    private static void await(BooleanSupplier condition) {
        for (var until = Instant.now().plus(Duration.ofSeconds(60)); !condition.getAsBoolean(); ) {
            assertThat(Instant.now()).isBefore(until);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
