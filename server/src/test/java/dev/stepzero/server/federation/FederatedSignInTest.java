package dev.stepzero.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.stepzero.guard.federation.FederatedIdentities;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Client;
import dev.stepzero.server.Pages;
import dev.stepzero.server.Pages.Window;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.server.oidc.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RunningServer.class, Pages.class})
class FederatedSignInTest {
    private static final String PASSWORD = "nine fjords under one slate roof";

    private final TestIssuer issuer = new TestIssuer();
    private final String subject = UUID.randomUUID().toString();
    private final String called = "jane-" + subject.substring(0, 8);
    private Running server;
    private Path directory;

    @BeforeEach
    void nameTheService(Running running) throws IOException {
        server = running;
        server.part(Jdbi.class).useHandle(handle -> handle.execute("DELETE FROM throttle"));
        server.person();
        directory = server.home().root().resolve("server").resolve("oidc");
        Files.createDirectories(directory);
        var secret = directory.resolve("example.secret");
        Files.writeString(secret, TestIssuer.SECRET + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("example.yaml"), """
                label: Example login
                issuer: %s
                clientId: %s
                clientSecretFile: example.secret
                groupsClaim: realm.groups
                roles:
                  - group: shop-developers
                    role: developer
                    project: shop
                  - group: platform
                    role: operator
                secondFactor:
                  amr: [mfa, hwk]
                openAddresses: [127.0.0.1]
                """.formatted(issuer.address(), TestIssuer.CLIENT));
        groups("shop-developers");
    }

    @AfterEach
    void forgetTheService() throws IOException {
        Files.deleteIfExists(directory.resolve("example.yaml"));
        issuer.close();
    }

    @Test
    void somebodyNewSignsInByTheirGroupsInABrowser(Window window) {
        var page = window.open("/sign-in?next=/account/sessions");
        page.getByText("Sign in with Example login").click();
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING)).hasText("Example login");
        page.getByText("Go on as").click();

        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Sessions");
        var person = server.part(People.class).named(called).orElseThrow();
        assertThat(server.part(People.class).roles(person.id()).byProject())
                .containsExactly(Map.entry("shop", Set.of(Role.DEVELOPER)));
        assertThat(person.email()).as("the service verified none").isEmpty();
        assertThat(window.complaints()).isEmpty();

        page.getByText(called).first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Sign in");
        assertThat(window.barriers()).isEmpty();
    }

    @Test
    void aRoleByGroupIsShownAsSuchAndEndsWithTheGroup() {
        assertThat(signIn().statusCode()).isEqualTo(303);
        var person = server.part(People.class).named(called).orElseThrow();
        var administrator = server.signedIn(Grant.everywhere(Role.ADMINISTRATOR));
        assertThat(administrator.get("/people").body()).contains("developer in shop <span class=\"quiet\">by group");

        groups("something-else");
        assertThat(signIn().statusCode()).as("an account that is bound").isEqualTo(303);

        assertThat(server.part(People.class).roles(person.id()).anywhere()).isEmpty();
        assertThat(ledger("role.by-groups", person.name() + ": nothing")).isOne();
    }

    @Test
    void whoHasNoGroupThatGivesSomethingDoesNotJoin() {
        groups("strangers");

        var answer = signIn();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("None of your groups");
        assertThat(server.part(People.class).named(called)).isEmpty();
        assertThat(ledger("person.sign-in", subject + " at example")).isOne();
    }

    @Test
    void nobodyJoinsBeforeTheFirstAdministrator() {
        server.part(Jdbi.class).useHandle(handle -> handle.execute("DELETE FROM person"));

        assertThat(signIn().body()).contains("The first administrator has to set up this server");
        assertThat(server.part(People.class).hasAnybody()).isFalse();
    }

    @Test
    void theSameNameAndAddressDoNotMakeTheSamePerson() {
        var people = server.part(People.class);
        var resident = people.add(called, "Jane", called + "@example.org");
        people.grant(resident.id(), Grant.everywhere(Role.ADMINISTRATOR));
        account(Map.of("email", called + "@example.org", "email_verified", true));

        assertThat(signIn().statusCode()).isEqualTo(303);

        var newcomer = people.named(called + "-2").orElseThrow();
        assertThat(newcomer.id()).isNotEqualTo(resident.id());
        assertThat(people.roles(newcomer.id()).everywhere()).isEmpty();
        assertThat(server.part(FederatedIdentities.class).of(resident.id())).isEmpty();
    }

    @Test
    void whoCanChangeProductionNeedsTheServicesWordOrOurOwnSecondFactor() {
        groups("platform");
        assertThat(location(signIn())).startsWith("/account/authenticator");

        account(Map.of("amr", List.of("pwd")));
        assertThat(location(signIn())).startsWith("/account/authenticator");

        account(Map.of("amr", List.of("pwd", "mfa")));
        assertThat(location(signIn())).isEqualTo("/");
    }

    @Test
    void somebodyBindsTheirAccountWhileSignedInAndTakesItOff() {
        var person = server.person(Grant.everywhere(Role.VIEWER));
        var client = server.signedIn(person, Set.of(Factor.PASSWORD, Factor.TOTP));

        var begun = client.post("/account/services/example", Map.of());
        var link = begun.body().replaceAll("(?s).*href=\"(" + issuer.address() + "/authorize[^\"]*)\".*", "$1");
        var back = issuer.approved(URI.create(link.replace("&amp;", "&")));
        var answer = with(client, question(begun)).get(path(back));

        assertThat(location(answer)).isEqualTo("/account/services");
        assertThat(signIn().statusCode()).isEqualTo(303);
        assertThat(server.part(People.class).named(called)).as("nobody new").isEmpty();
        var account = server.part(FederatedIdentities.class).of(person.id()).getFirst();
        assertThat(account.subject()).isEqualTo(subject);
        assertThat(client.post("/account/services/accounts/" + account.id() + "/remove", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(server.part(People.class).byGroups(person.id())).isEmpty();
    }

    @Test
    void anAnswerThatIsForSomebodyElseBindsNothing() {
        var victim = server.signedIn(Grant.everywhere(Role.VIEWER));
        var attacker = server.signedIn(Grant.everywhere(Role.VIEWER));
        var begun = attacker.post("/account/services/example", Map.of());
        var link = begun.body().replaceAll("(?s).*href=\"(" + issuer.address() + "/authorize[^\"]*)\".*", "$1");
        var back = path(issuer.approved(URI.create(link.replace("&amp;", "&"))));

        assertThat(victim.get(back).statusCode()).as("without the cookie").isEqualTo(422);
        assertThat(with(victim, question(begun)).get(back).statusCode())
                .as("even with it")
                .isEqualTo(422);
        assertThat(server.part(FederatedIdentities.class).find(issuer.address(), subject))
                .isEmpty();
    }

    @Test
    void anAdministratorBindsAnAccountAndNobodyTakesAnothers() {
        var person = server.person(Grant.everywhere(Role.VIEWER));
        var another = server.person();
        var administrator = server.signedIn(Grant.everywhere(Role.ADMINISTRATOR));
        var form = Map.of("service", "example", "subject", subject);

        assertThat(administrator
                        .post("/people/" + person.id() + "/accounts", form)
                        .statusCode())
                .isEqualTo(303);
        assertThat(administrator
                        .post("/people/" + another.id() + "/accounts", form)
                        .statusCode())
                .isEqualTo(409);

        assertThat(location(signIn())).isEqualTo("/");
        assertThat(server.part(People.class).named(called)).isEmpty();
        assertThat(sessions(person)).isOne();
    }

    @Test
    void whoIsShutOutStaysOut() {
        signIn();
        server.person(Grant.everywhere(Role.ADMINISTRATOR));
        var person = server.part(People.class).named(called).orElseThrow();
        server.part(People.class).setActive(person.id(), false);

        var answer = signIn();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("may not sign in here any more");
    }

    @Test
    void anAnswerCountsOnceAndOnlyInTheBrowserThatAsked() {
        var begun = server.anonymous().get("/sign-in/with/example");
        var back = path(issuer.approved(URI.create(location(begun))));

        assertThat(server.anonymous().get(back).statusCode()).isEqualTo(422);
        assertThat(with(server.anonymous(), "stepzero-question=another.-.Lw")
                        .get(back)
                        .statusCode())
                .isEqualTo(422);
        assertThat(with(server.anonymous(), question(begun)).get(back).statusCode())
                .isEqualTo(303);
        assertThat(with(server.anonymous(), question(begun)).get(back).statusCode())
                .as("again")
                .isEqualTo(422);
    }

    @Test
    void aTokenOfAnotherSignInClientOrIssuerIsNotBelieved() {
        for (var wrong : List.<Map<String, Object>>of(
                Map.of("nonce", "another"),
                Map.of("aud", "another-client"),
                Map.of("azp", "another-client"),
                Map.of("aud", List.of(TestIssuer.CLIENT, "another-client")),
                Map.of("iss", "https://evil.example.org"),
                Map.of("exp", 1000))) {
            issuer.overrides(wrong);

            var answer = signIn();

            assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(422);
            assertThat(answer.body()).contains("did not confirm who you are");
        }
        assertThat(server.part(People.class).named(called)).isEmpty();
    }

    @Test
    void aCodeFromAnotherServiceIsNotExchanged() {
        var begun = server.anonymous().get("/sign-in/with/example");
        var back = path(issuer.approved(URI.create(location(begun))));

        var mixedUp = with(server.anonymous(), question(begun))
                .get(back.replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example.org"));
        var again = server.anonymous().get("/sign-in/with/example");
        var silent = with(server.anonymous(), question(again))
                .get(path(issuer.approved(URI.create(location(again)))).replaceAll("&iss=[^&]*", ""));

        assertThat(mixedUp.body()).contains("another service answered");
        assertThat(silent.body()).contains("another service answered");
    }

    @Test
    void groupsThatATokenLeavesOutAreAskedFor() {
        issuer.account(Map.of("sub", subject, "preferred_username", called));
        issuer.userInfo(Map.of("sub", subject, "realm", Map.of("groups", List.of("shop-developers"))));
        assertThat(signIn().statusCode()).isEqualTo(303);
        assertThat(server.part(People.class).named(called)).isPresent();

        issuer.userInfo(Map.of("sub", "somebody else", "realm", Map.of("groups", List.of("platform"))));
        assertThat(signIn().body()).contains("another account");
    }

    @Test
    void aServiceThatIsDownLeavesPasswordsAlone() {
        var person = server.person(Grant.everywhere(Role.VIEWER));
        server.part(Credentials.class).setPassword(person.id(), PASSWORD);
        issuer.down(true);

        var answer = server.anonymous().get("/sign-in/with/example");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Example login does not answer now").contains("name=\"password\"");
        assertThat(server.anonymous()
                        .post("/sign-in", Map.of("name", person.name(), "password", PASSWORD))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aFileThatIsWrongLeavesItsServiceOutUntilItIsMended() throws IOException {
        Files.writeString(directory.resolve("example.yaml"), "issuer: https://login.example.org\nclientid: typo\n");
        assertThat(server.anonymous().get("/sign-in").body()).doesNotContain("Sign in with");

        Files.writeString(directory.resolve("example.yaml"), "issuer: https://login.example.org\nclientId: right\n");
        Files.setLastModifiedTime(
                directory.resolve("example.yaml"),
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 5000));
        assertThat(server.anonymous().get("/sign-in").body()).contains("Sign in with example");
    }

    private void groups(String... groups) {
        account(Map.of("realm", Map.of("groups", List.of(groups))));
        given = List.of(groups);
    }

    private List<String> given = List.of();

    private void account(Map<String, Object> more) {
        var claims = new java.util.LinkedHashMap<String, Object>();
        claims.put("sub", subject);
        claims.put("preferred_username", called);
        claims.put("name", "Jane of Example");
        claims.put("email", "jane@example.org");
        claims.put("realm", Map.of("groups", given));
        claims.putAll(more);
        issuer.account(claims);
    }

    /** Signs in from a browser that nothing is known of. */
    private HttpResponse<String> signIn() {
        var begun = server.anonymous().get("/sign-in/with/example");
        assertThat(begun.statusCode()).isEqualTo(303);
        var back = issuer.approved(URI.create(location(begun)));
        return with(server.anonymous(), question(begun)).get(path(back));
    }

    private static Client with(Client client, String cookie) {
        return new Client(
                client.server(),
                Optional.of(client.cookie().map(one -> one + "; ").orElse("") + cookie));
    }

    private static String question(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("stepzero-question="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String path(URI address) {
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    private long sessions(Person person) {
        return server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM session WHERE person_id = ?")
                        .bind(0, person.id())
                        .mapTo(Long.class)
                        .one());
    }

    private long ledger(String action, String text) {
        return server.part(Jdbi.class)
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM ledger.entry WHERE action = :action AND leaf LIKE :text")
                        .bind("action", action)
                        .bind("text", "%" + text + "%")
                        .mapTo(Long.class)
                        .one());
    }
}
