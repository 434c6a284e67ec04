package dev.stepzero.server.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.Person;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.review.Opinion;
import dev.stepzero.ship.review.Reviews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class ForgeReviewsTest {
    private static final String COMMIT = "c".repeat(40);

    private static ForgeProject project(String name) {
        return ForgeProject.of(
                RegisteredProject.of(
                        name,
                        "https://git.example.org:8443/acme/shop.git",
                        "gitea",
                        "main",
                        List.of("production"),
                        ProjectSettings.DEFAULTS,
                        "test"),
                Forge.GITEA);
    }

    private static Person person(Running server, String name, Grant... grants) {
        var people = server.part(People.class);
        var person = people.add(name, "", name + "@example.org");
        for (var grant : grants) {
            people.grant(person.id(), grant);
        }
        return person;
    }

    private static int enter(Running server, Person person, String account) {
        return server.signedIn(Grant.everywhere(Role.ADMINISTRATOR))
                .post(
                        "/people/%d/forge-accounts".formatted(person.id()),
                        Map.of("host", "git.example.org:8443", "account", account))
                .statusCode();
    }

    private static Opinion approved(Running server, String project, String account) {
        return approved(server, project, account, "1");
    }

    private static Opinion approved(Running server, String project, String account, String id) {
        server.part(ForgeReviews.class)
                .record(
                        project(project),
                        new ForgeEvent.Review(
                                "acme/shop", 7, ForgeEvent.Review.Opinion.APPROVED, account, Optional.of(id), COMMIT));
        return server.part(Reviews.class)
                .opinions(project, OptionalLong.of(7), COMMIT)
                .getLast();
    }

    @Test
    void whatAnAccountThatWasEnteredApprovesIsApprovedByItsPerson(Running server) {
        var grace = person(server, "grace.of.reviews", Grant.in("reviewed", Role.APPROVER));
        assertThat(enter(server, grace, "@Octo-Grace")).isEqualTo(303);

        var opinion = approved(server, "reviewed", "octo-grace");

        assertThat(opinion.reviewer().account()).isEqualTo("grace.of.reviews");
        assertThat(opinion.reviewer().addresses()).containsExactly("grace.of.reviews@example.org");
        assertThat(opinion.reviewer().aliases()).containsExactly("octo-grace");
    }

    @Test
    void anAccountOfNobodyOrOfSomebodyWhoMayNotApproveIsAStranger(Running server) {
        var viewer = person(server, "vic.of.reviews", Grant.in("stranger", Role.DEVELOPER));
        var gone = person(server, "gone.of.reviews", Grant.in("stranger", Role.APPROVER));
        enter(server, viewer, "vic");
        enter(server, gone, "gone");
        server.part(People.class).setActive(gone.id(), false);

        for (var account : List.of("vic", "gone", "nobody", "odd name <b>")) {
            var reviewer = approved(server, "stranger", account).reviewer();
            assertThat(reviewer.account()).isEqualTo("gitea:" + account);
            assertThat(reviewer.addresses()).isEmpty();
        }
    }

    @Test
    void whoGetsTheNameOfAnAccountThatIsGoneIsAStranger(Running server) {
        var hedy = person(server, "hedy.of.reviews", Grant.in("renamed", Role.APPROVER));
        enter(server, hedy, "hedy");
        assertThat(approved(server, "renamed", "hedy", "11").reviewer().account())
                .isEqualTo("hedy.of.reviews");

        var other = approved(server, "renamed", "hedy", "12").reviewer();

        assertThat(other.account()).isEqualTo("gitea:hedy");
        assertThat(approved(server, "renamed", "hedy", "11").reviewer().account())
                .isEqualTo("hedy.of.reviews");
    }

    @Test
    void anAccountIsOnePersonsAndOnlyAdministratorsSayWhose(Running server) {
        var first = person(server, "first.of.reviews");
        var second = person(server, "second.of.reviews");
        assertThat(enter(server, first, "shared")).isEqualTo(303);

        assertThat(enter(server, second, "shared")).isEqualTo(409);
        assertThat(enter(server, second, "no account")).isEqualTo(422);
        var client = server.signedIn(first, Set.of(Factor.PASSWORD, Factor.TOTP));
        assertThat(client.post(
                                "/people/%d/forge-accounts".formatted(first.id()),
                                Map.of("host", "git.example.org", "account", "mine"))
                        .statusCode())
                .isEqualTo(403);
        var removed = server.signedIn(Grant.everywhere(Role.ADMINISTRATOR))
                .post(
                        "/people/%d/forge-accounts/remove".formatted(first.id()),
                        Map.of("host", "git.example.org:8443", "account", "shared"));
        assertThat(removed.statusCode()).isEqualTo(303);
        assertThat(enter(server, second, "shared")).isEqualTo(303);
    }
}
