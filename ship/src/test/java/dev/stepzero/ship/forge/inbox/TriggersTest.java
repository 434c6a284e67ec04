package dev.stepzero.ship.forge.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.TrustClass;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.catalog.ProjectSettings;
import dev.stepzero.ship.catalog.Projects;
import dev.stepzero.ship.catalog.RegisteredProject;
import dev.stepzero.ship.engine.Purpose;
import dev.stepzero.ship.engine.RunJournal;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeEvent;
import dev.stepzero.ship.forge.ForgeEvent.PullRequest;
import dev.stepzero.ship.forge.ForgeEvent.Side;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.RefChange;
import dev.stepzero.ship.git.FetchPolicy;
import dev.stepzero.ship.git.Mirror;
import dev.stepzero.ship.git.TestForge;
import dev.stepzero.ship.queue.QueueSettings;
import dev.stepzero.ship.queue.RunQueue;
import dev.stepzero.ship.queue.RunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class TriggersTest {
    private static final String ZERO = "0".repeat(40);

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private final Jdbi jdbi;
    private final RunQueue queue;
    private final List<ForgeEvent.Review> reviews = new ArrayList<>();
    private final Triggers triggers;
    private TestForge forge;
    private Mirror mirror;
    private ForgeProject project;
    private String first;

    TriggersTest(Jdbi jdbi, DataSource source) {
        this.jdbi = jdbi;
        this.queue = new RunQueue(
                source,
                new RunJournal(jdbi, clock),
                (request, listener) -> {
                    throw new AssertionError("nothing is executed here");
                },
                QueueSettings.of("here", 1));
        this.triggers = new Triggers(queue, (any, review) -> reviews.add(review));
    }

    @BeforeEach
    void start() throws Exception {
        jdbi.useHandle(handle -> handle.execute("""
                delete from webhook_delivery; delete from webhook_refusal; delete from seen_ref;
                delete from run_request; delete from queue_task; delete from project"""));
        forge = TestForge.in(directory);
        mirror = forge.mirror();
        project = project(false);
        new Projects(jdbi, FetchPolicy.DEFAULTS, clock).register(registered("https://forge.example/o/r.git"));
        first = forge.commit("first");
    }

    @AfterEach
    void close() {
        queue.close();
        forge.close();
    }

    private ForgeProject project(boolean branches, String... tags) {
        return new ForgeProject(registered(forge.address()), Forge.GITHUB, "o/r", branches, List.of(tags));
    }

    private static RegisteredProject registered(String address) {
        return RegisteredProject.of(
                "shop", address, "github", "main", List.of("staging", "production"), ProjectSettings.DEFAULTS, "ann");
    }

    private Answer push(String ref, String after) throws InterruptedException {
        return push("o/r", ref, after);
    }

    private Answer push(String repository, String ref, String after) throws InterruptedException {
        var change = new RefChange(ref, ZERO, after, false);
        return triggers.handle(
                project, mirror, new ForgeEvent.Push(repository, List.of(change), "ann", Set.of(), true));
    }

    private Answer pullRequest(PullRequest.Action action, String branch, String commit, boolean foreign)
            throws InterruptedException {
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

    private List<RunRequest> waiting() {
        return queue.open(100);
    }

    private RunRequest only() {
        assertThat(waiting()).hasSize(1);
        return waiting().getFirst();
    }

    private RunRequest.State state(Answer answer) {
        return queue.find(answer.request().orElseThrow()).orElseThrow().state();
    }

    private void runs(Answer answer, String status) {
        jdbi.useHandle(handle -> handle.createUpdate("update run_request set status = :status where id = :id")
                .bind("status", status)
                .bind("id", answer.request().orElseThrow())
                .execute());
    }

    @Test
    void aPushToTheProtectedBranchShipsItsTipToTheFirstEnvironment() throws Exception {
        assertThat(push("refs/heads/main", first)).isInstanceOf(Answer.Requested.class);

        var request = only();

        assertThat(request.commit()).isEqualTo(first);
        assertThat(request.purpose()).isEqualTo(Purpose.SHIP);
        assertThat(request.trust()).isEqualTo(TrustClass.TRUSTED);
        assertThat(request.environment()).isEqualTo("staging");
        assertThat(request.requestedBy()).isEqualTo("ann");
    }

    @Test
    void anOlderPushAndTheNewerOneLeadToOneRunOfTheTip() throws Exception {
        var second = forge.commit("second");

        var older = push("refs/heads/main", first);
        var newer = push("refs/heads/main", second);

        assertThat(older).isEqualTo(newer);
        assertThat(only().commit()).isEqualTo(second);
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

        assertThat(only()).satisfies(request -> {
            assertThat(request.purpose()).isEqualTo(Purpose.VERIFY);
            assertThat(request.trust()).isEqualTo(TrustClass.INTERNAL);
        });
    }

    @Test
    void aTagShipsOnlyWhenConfiguredAndOnlyWhatMainHas() throws Exception {
        forge.point("refs/tags/v1", first);
        assertThat(push("refs/tags/v1", first)).isInstanceOf(Answer.Ignored.class);

        project = project(false, "v*");
        assertThat(push("refs/tags/v1", first)).isInstanceOf(Answer.Requested.class);
        assertThat(only().purpose()).isEqualTo(Purpose.SHIP);

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

        var request = only();
        assertThat(request.commit()).isEqualTo(proposed);
        assertThat(request.purpose()).isEqualTo(Purpose.VERIFY);
        assertThat(request.trust()).isEqualTo(TrustClass.FOREIGN);
        assertThat(request.base()).contains(first);
        assertThat(request.pullRequest()).contains(7L);
    }

    @Test
    void aPullRequestIsInternalOnlyIfABranchOfTheRepositoryHasItsCommit() throws Exception {
        forge.onBranch("topic", first);
        var proposed = forge.commit("proposed");
        forge.point("refs/pull/7/head", proposed);

        var foreign = pullRequest(PullRequest.Action.OPENED, "main", proposed, false);
        assertThat(only().trust()).isEqualTo(TrustClass.FOREIGN);
        pullRequest(PullRequest.Action.UPDATED, "topic", proposed, false);

        assertThat(only().trust()).isEqualTo(TrustClass.INTERNAL);
        assertThat(state(foreign)).isEqualTo(RunRequest.State.SUPERSEDED);
    }

    @Test
    void aProposalIsVerifiedAgainWhereItsBaseMoved() throws Exception {
        forge.point("refs/pull/7/head", first);
        var before = pullRequest(PullRequest.Action.OPENED, "topic", first, true);
        runs(before, "ended");
        assertThat(pullRequest(PullRequest.Action.UPDATED, "topic", first, true))
                .isEqualTo(before);
        var moved = forge.commit("moved");

        pullRequest(PullRequest.Action.UPDATED, "topic", first, true);

        assertThat(only().base()).contains(moved);
    }

    @Test
    void aClosedPullRequestTakesItsRunsBack() throws Exception {
        forge.point("refs/pull/7/head", first);
        pullRequest(PullRequest.Action.OPENED, "topic", first, true);

        pullRequest(PullRequest.Action.CLOSED, "topic", first, true);

        assertThat(waiting()).isEmpty();
    }

    @Test
    void aNewerPushSupersedesWhatWaitsButNotWhatShips() throws Exception {
        var running = push("refs/heads/main", first);
        runs(running, "running");
        var waiting = push("refs/heads/main", forge.commit("second"));
        var third = forge.commit("third");
        push("refs/heads/main", third);

        assertThat(state(running)).isEqualTo(RunRequest.State.RUNNING);
        assertThat(state(waiting)).isEqualTo(RunRequest.State.SUPERSEDED);
        assertThat(waiting()).extracting(RunRequest::commit).containsExactly(first, third);
    }

    @Test
    void whatIsPushedBackShipsAgain() throws Exception {
        runs(push("refs/heads/main", first), "ended");
        runs(push("refs/heads/main", forge.commit("second")), "ended");
        forge.point("refs/heads/main", first);

        push("refs/heads/main", first);

        assertThat(only().commit()).isEqualTo(first);
    }

    @Test
    void aRunThatWasGivenUpIsAskedForAgain() throws Exception {
        runs(push("refs/heads/main", first), "stalled");

        push("refs/heads/main", first);

        assertThat(only().commit()).isEqualTo(first);
    }

    @Test
    void anotherRepositorysEventsAndPingsLeadToNothing() throws Exception {
        assertThat(push("o/renamed", "refs/heads/main", first).text()).contains("o/renamed");
        assertThat(triggers.handle(project, mirror, new ForgeEvent.Ping())).isInstanceOf(Answer.Ignored.class);
        assertThat(push("refs/heads/main", ZERO)).isInstanceOf(Answer.Ignored.class);
    }

    @Test
    void reviewsArePassedOn() throws Exception {
        var review =
                new ForgeEvent.Review("o/r", 7, ForgeEvent.Review.Opinion.APPROVED, "bob", Optional.empty(), first);

        assertThat(triggers.handle(project, mirror, review)).isInstanceOf(Answer.Noted.class);

        assertThat(reviews).containsExactly(review);
    }

    @Test
    void aRepositoryThatDoesNotAnswerIsSomethingToTryAgain() {
        var nowhere = directory.resolve("nowhere").toUri().toString();
        mirror = forge.mirrors(directory.resolve("other")).of("shop", nowhere);

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
        assertThat(only().commit()).isEqualTo(second);
    }

    @Test
    void deliveriesAreWorkedOnUntilNoneWaits() throws Exception {
        var deliveries = new Deliveries(jdbi, clock);
        var json = """
                {"ref":"refs/heads/main","before":"%s","after":"%s","repository":{"full_name":"o/r"},"pusher":{"name":"ann"}}""".formatted(ZERO, first);
        deliveries.store(incoming("1", json));
        deliveries.store(incoming("2", "{\"ref\":1}"));
        var work = new DeliveryWork(
                new Claims(jdbi, clock, Retries.USUAL),
                triggers,
                name -> Optional.of(project),
                forge.mirrors(directory.resolve("mirrors")),
                clock);

        while (work.once(Runnable::run)) {
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(only().commit()).isEqualTo(first);
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
