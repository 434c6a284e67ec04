package dev.stepzero.ship.forge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.RefChange;
import dev.stepzero.ship.forge.inbox.RunRequest.Purpose;
import dev.stepzero.ship.forge.inbox.RunRequest.Trust;
import dev.stepzero.ship.git.Mirror;
import dev.stepzero.ship.git.Remote;
import dev.stepzero.ship.git.TestForge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class TriggersTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String ZERO = "0".repeat(40);

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private final Jdbi jdbi;
    private final RequestedRuns runs;
    private final List<ForgeEvent.Review> reviews = new ArrayList<>();
    private final Triggers triggers;
    private TestForge forge;
    private Mirror mirror;
    private ForgeProject project;
    private String first;

    TriggersTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.runs = new RequestedRuns(jdbi, clock, new Retries(3, Duration.ofSeconds(10), Duration.ofMinutes(1)));
        this.triggers = new Triggers(runs, (any, review) -> reviews.add(review));
    }

    @BeforeEach
    void start() throws Exception {
        jdbi.useHandle(
                handle -> handle.execute(
                        "delete from webhook_delivery; delete from webhook_refusal; delete from requested_run; delete from seen_ref"));
        forge = TestForge.in(directory);
        mirror = forge.mirror();
        project = project(false);
        first = forge.commit("first");
    }

    @AfterEach
    void close() {
        mirror.close();
        forge.close();
    }

    private ForgeProject project(boolean branches, String... tags) {
        return new ForgeProject("shop", Forge.GITHUB, "o/r", forge.remote(), "main", branches, List.of(tags));
    }

    private Answer push(String ref, String after) {
        return push("o/r", ref, after);
    }

    private Answer push(String repository, String ref, String after) {
        var change = new RefChange(ref, ZERO, after, false);
        return triggers.handle(
                project, mirror, new ForgeEvent.Push(repository, List.of(change), "ann", Set.of(), true));
    }

    private Answer pullRequest(PullRequest.Action action, String branch, String commit, boolean foreign) {
        return triggers.handle(
                project,
                mirror,
                new PullRequest(
                        "o/r",
                        7,
                        action,
                        new Side(foreign ? "eve/r" : "o/r", branch, commit),
                        new Side("o/r", "main", ""),
                        "eve",
                        foreign));
    }

    private RunRequest next() {
        return runs.next(LEASE).orElseThrow().request();
    }

    @Test
    void aPushToTheProtectedBranchShipsItsTip() {
        assertThat(push("refs/heads/main", first)).isInstanceOf(Answer.Requested.class);

        var request = next();

        assertThat(request.commit()).isEqualTo(first);
        assertThat(request.purpose()).isEqualTo(Purpose.SHIP);
        assertThat(request.trust()).isEqualTo(Trust.TRUSTED);
        assertThat(request.askedBy()).isEqualTo("ann");
    }

    @Test
    void anOlderPushAndTheNewerOneLeadToOneRunOfTheTip() throws Exception {
        var second = forge.commit("second");

        var older = push("refs/heads/main", first);
        var newer = push("refs/heads/main", second);

        assertThat(older).isEqualTo(newer);
        assertThat(next().commit()).isEqualTo(second);
        assertThat(runs.next(LEASE)).isEmpty();
    }

    @Test
    void aCommitThatTheRefNeverHadLeadsToNothing() throws Exception {
        forge.onBranch("other", first);
        var elsewhere = forge.commit("elsewhere");

        assertThat(push("refs/heads/main", elsewhere)).isInstanceOf(Answer.Ignored.class);
        assertThat(push("refs/heads/main", "f".repeat(40))).isInstanceOf(Answer.Ignored.class);
        assertThat(push("refs/heads/gone", first)).isInstanceOf(Answer.Ignored.class);
    }

    @Test
    void otherBranchesAreCheckedOnlyWhenConfigured() throws Exception {
        forge.onBranch("topic", first);
        var commit = forge.commit("topic");

        assertThat(push("refs/heads/topic", commit)).isInstanceOf(Answer.Ignored.class);
        project = project(true);
        assertThat(push("refs/heads/topic", commit)).isInstanceOf(Answer.Requested.class);

        assertThat(next()).satisfies(request -> {
            assertThat(request.purpose()).isEqualTo(Purpose.CHECK);
            assertThat(request.trust()).isEqualTo(Trust.INTERNAL);
        });
    }

    @Test
    void aTagShipsOnlyWhenConfiguredAndOnlyWhatMainHas() throws Exception {
        forge.point("refs/tags/v1", first);
        assertThat(push("refs/tags/v1", first)).isInstanceOf(Answer.Ignored.class);

        project = project(false, "v*");
        assertThat(push("refs/tags/v1", first)).isInstanceOf(Answer.Requested.class);
        assertThat(next().purpose()).isEqualTo(Purpose.SHIP);

        forge.onBranch("topic", first);
        var unmerged = forge.commit("unmerged");
        forge.point("refs/tags/v2", unmerged);
        assertThat(push("refs/tags/v2", unmerged)).isInstanceOf(Answer.Ignored.class);
        assertThat(push("refs/tags/w1", first)).isInstanceOf(Answer.Ignored.class);
    }

    @Test
    void aPullRequestOfAForkIsCheckedAsForeign() throws Exception {
        forge.onBranch("fork", first);
        var proposed = forge.commit("proposed");
        forge.point("refs/pull/7/head", proposed);
        forge.onBranch("main", first);
        forge.delete("refs/heads/fork");

        assertThat(pullRequest(PullRequest.Action.OPENED, "main", proposed, true))
                .isInstanceOf(Answer.Requested.class);

        var request = next();
        assertThat(request.commit()).isEqualTo(proposed);
        assertThat(request.purpose()).isEqualTo(Purpose.CHECK);
        assertThat(request.trust()).isEqualTo(Trust.FOREIGN);
        assertThat(request.base()).contains(first);
        assertThat(request.pullRequest()).hasValue(7);
    }

    @Test
    void aPullRequestIsInternalOnlyIfABranchOfTheRepositoryHasItsCommit() throws Exception {
        forge.onBranch("topic", first);
        var proposed = forge.commit("proposed");
        forge.point("refs/pull/7/head", proposed);

        pullRequest(PullRequest.Action.OPENED, "main", proposed, false);
        assertThat(next().trust()).isEqualTo(Trust.FOREIGN);
        clock.pass(LEASE);

        pullRequest(PullRequest.Action.UPDATED, "topic", proposed, false);
        var later = runs.next(LEASE);
        while (later.isPresent() && later.get().request().trust() == Trust.FOREIGN) {
            runs.ended(later.get(), "done");
            later = runs.next(LEASE);
        }
        assertThat(later.orElseThrow().request().trust()).isEqualTo(Trust.INTERNAL);
    }

    @Test
    void aClosedPullRequestTakesItsWaitingRunsBack() throws Exception {
        forge.point("refs/pull/7/head", first);
        pullRequest(PullRequest.Action.OPENED, "topic", first, true);

        pullRequest(PullRequest.Action.CLOSED, "topic", first, true);

        assertThat(runs.next(LEASE)).isEmpty();
    }

    @Test
    void aNewerPushSupersedesWhatWaitsButNotWhatRuns() throws Exception {
        push("refs/heads/main", first);
        var running = runs.next(LEASE).orElseThrow();
        var second = forge.commit("second");
        push("refs/heads/main", second);
        var third = forge.commit("third");
        push("refs/heads/main", third);

        assertThat(runs.extend(running, LEASE)).isTrue();
        assertThat(runs.next(LEASE)).as("one run of a ref at a time").isEmpty();
        runs.ended(running, "shipped");
        assertThat(next().commit()).isEqualTo(third);
        assertThat(runs.next(LEASE)).isEmpty();
    }

    @Test
    void aRunThatFailedToBeginGivesWayToWhatIsNewer() throws Exception {
        push("refs/heads/main", first);
        var stuck = runs.next(LEASE).orElseThrow();
        var second = forge.commit("second");
        push("refs/heads/main", second);

        runs.failed(stuck, "no engine");
        clock.pass(Duration.ofHours(1));

        assertThat(next().commit()).isEqualTo(second);
        assertThat(runs.next(LEASE)).isEmpty();
    }

    @Test
    void anotherRepositorysEventsAndPingsLeadToNothing() {
        assertThat(push("o/renamed", "refs/heads/main", first).text()).contains("o/renamed");
        assertThat(triggers.handle(project, mirror, new ForgeEvent.Ping())).isInstanceOf(Answer.Ignored.class);
        assertThat(push("refs/heads/main", ZERO)).isInstanceOf(Answer.Ignored.class);
    }

    @Test
    void reviewsArePassedOn() {
        var review = new ForgeEvent.Review("o/r", 7, ForgeEvent.Review.Opinion.APPROVED, "bob", first);

        assertThat(triggers.handle(project, mirror, review)).isInstanceOf(Answer.Noted.class);

        assertThat(reviews).containsExactly(review);
    }

    @Test
    void aRepositoryThatDoesNotAnswerIsSomethingToTryAgain() {
        project = new ForgeProject(
                "shop",
                Forge.GITHUB,
                "o/r",
                new Remote(directory.resolve("nowhere").toUri(), Optional.empty()),
                "main",
                false,
                List.of());

        assertThatThrownBy(() -> push("refs/heads/main", first))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.status()).isEqualTo(dev.stepzero.core.ExitStatus.ENGINE));
    }

    @Test
    void aDeliveryThatNeverCameIsNoticedByLooking() throws Exception {
        var seen = new SeenRefs(jdbi, clock);
        assertThat(seen.look(project, mirror, triggers))
                .as("the first look only remembers")
                .isEmpty();
        assertThat(seen.look(project, mirror, triggers)).isEmpty();
        var second = forge.commit("second");

        var answer = seen.look(project, mirror, triggers);

        assertThat(answer.orElseThrow()).isInstanceOf(Answer.Requested.class);
        assertThat(push("refs/heads/main", second))
                .as("the delivery comes late")
                .isEqualTo(answer.get());
        assertThat(next().commit()).isEqualTo(second);
        assertThat(runs.next(LEASE)).isEmpty();
    }

    @Test
    void deliveriesAreWorkedOnUntilNoneWaits() {
        var deliveries = new Deliveries(jdbi, clock, Retries.USUAL);
        var json = """
                {"ref":"refs/heads/main","before":"%s","after":"%s","repository":{"full_name":"o/r"},"pusher":{"name":"ann"}}""".formatted(ZERO, first);
        deliveries.store(incoming("1", json));
        deliveries.store(incoming("2", "{\"ref\":1}"));
        var work = new DeliveryWork(deliveries, triggers, name -> Optional.of(project), any -> forge.mirror());

        while (work.once()) {
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(next().commit()).isEqualTo(first);
        List<String> results = jdbi.withHandle(
                handle -> handle.createQuery("select state || ': ' || result from webhook_delivery order by id")
                        .mapTo(String.class)
                        .list());
        assertThat(results)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("handled: asked for run request"),
                        text -> assertThat(text).startsWith("handled: refused: the delivery has no ref"));
    }

    private static Incoming incoming(String id, String json) {
        return new Incoming(
                "shop",
                Forge.GITHUB,
                "push",
                Optional.of(id),
                json.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "192.0.2.1");
    }
}
