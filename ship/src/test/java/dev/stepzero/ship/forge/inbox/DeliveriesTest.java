package dev.stepzero.ship.forge.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.forge.Forge;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class DeliveriesTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock();
    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final Claims claims;

    DeliveriesTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deliveries = new Deliveries(jdbi, clock);
        this.claims = new Claims(jdbi, clock, new Retries(3, Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle ->
                handle.execute("delete from webhook_delivery; delete from webhook_refusal; delete from seen_ref"));
    }

    private static Incoming incoming(String id, String body) {
        return new Incoming(
                "shop",
                Forge.GITHUB,
                "push",
                Optional.of(id).filter(text -> !text.isEmpty()),
                body.getBytes(UTF_8),
                "192.0.2.1");
    }

    @Test
    void whatIsStoredIsTakenOnceAndComesBackWhole() {
        var stored = deliveries.store(incoming("id-1", "{\"a\":1}"));

        var claimed = next().orElseThrow();

        assertThat(stored).isEqualTo(new Stored.New(claimed.id()));
        assertThat(new String(claimed.json(), UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(claimed.sender()).isEqualTo(Forge.GITHUB);
        assertThat(next()).isEmpty();
    }

    @Test
    void aRepeatIsRecognisedByItsIdAndByItsBody() {
        var first = ((Stored.New) deliveries.store(incoming("id-1", "{}"))).id();
        handled(next().orElseThrow(), "the forge asked", Optional.empty());

        assertThat(deliveries.store(incoming("id-1", "{}")))
                .isInstanceOfSatisfying(
                        Stored.Repeat.class,
                        repeat -> assertThat(repeat.answer()).isEqualTo("already handled: the forge asked"));
        assertThat(deliveries.store(incoming("id-2", "{}"))).isInstanceOf(Stored.Repeat.class);
        assertThat(deliveries.store(incoming("", "{}"))).isInstanceOf(Stored.Repeat.class);
        assertThat(deliveries.store(incoming("id-1", "{\"other\":1}"))).isEqualTo(new Stored.Conflict(first));
        assertThat(next()).isEmpty();
    }

    @Test
    void otherProjectsAreAnotherMatter() {
        deliveries.store(incoming("id-1", "{}"));

        var other = new Incoming("blog", Forge.GITEA, "push", Optional.of("id-1"), "{}".getBytes(UTF_8), "::1");

        assertThat(deliveries.store(other)).isInstanceOf(Stored.New.class);
    }

    @Test
    void aWorkerThatDiesLosesItsDeliveryToAnother() {
        deliveries.store(incoming("id-1", "{}"));
        var dead = next().orElseThrow();

        clock.pass(LEASE);
        var heir = next().orElseThrow();
        handled(dead, "too late", Optional.empty());

        assertThat(heir.id()).isEqualTo(dead.id());
        assertThat(state(heir.id())).isEqualTo("working");
    }

    @Test
    void aWorkerThatIsStoppedGivesItsDeliveryBackAndAProjectThatIsBusyWaits() {
        deliveries.store(incoming("id-1", "{}"));
        var stopped = next().orElseThrow();

        claims.end(List.of(new Ended.GivenBack(stopped)));

        assertThat(claims.take(LEASE, Set.of(stopped.project()), 1)).isEmpty();
        var again = next().orElseThrow();
        assertThat(again.id()).isEqualTo(stopped.id());
        assertThat(again.attempt()).isEqualTo(1);
    }

    @Test
    void aDeliveryThatKillsItsWorkersIsParkedInTheEnd() {
        deliveries.store(incoming("id-1", "{}"));
        for (var i = 0; i < 3; i++) {
            assertThat(next()).isPresent();
            clock.pass(LEASE);
        }

        assertThat(next()).isEmpty();
        assertThat(deliveries.store(incoming("id-1", "{}"))).isInstanceOf(Stored.Again.class);
        assertThat(next()).isPresent();
    }

    @Test
    void whatFailsRestsLongerEachTimeAndIsParkedAfterTheLast() {
        deliveries.store(incoming("id-1", "{}"));

        failed(next().orElseThrow(), "down\0");
        assertThat(next()).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        failed(next().orElseThrow(), "down");
        clock.pass(Duration.ofSeconds(10));
        assertThat(next()).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        var last = next().orElseThrow();
        failed(last, "down");

        assertThat(state(last.id())).isEqualTo("parked");
    }

    @Test
    void manyWorkersTakeEachDeliveryOnce() throws Exception {
        for (var i = 0; i < 60; i++) {
            deliveries.store(incoming("id-" + i, "{\"n\":" + i + "}"));
        }
        var taken = ConcurrentHashMap.<Long>newKeySet();
        var twice = ConcurrentHashMap.<Long>newKeySet();
        try (var workers = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < 4; i++) {
                workers.submit(() -> {
                    for (var some = take(); !some.isEmpty(); some = take()) {
                        some.stream()
                                .map(Claimed::id)
                                .filter(id -> !taken.add(id))
                                .forEach(twice::add);
                    }
                });
            }
            workers.shutdown();
            assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(taken).hasSize(60);
        assertThat(twice).isEmpty();
    }

    @Test
    void theSameDeliveryAtTheSameTimeIsStoredOnce() throws Exception {
        var stored = ConcurrentHashMap.<Stored>newKeySet();
        try (var forge = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < 16; i++) {
                forge.submit(() -> stored.add(deliveries.store(incoming("id-1", "{}"))));
            }
            forge.shutdown();
            assertThat(forge.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(stored).filteredOn(Stored.New.class::isInstance).hasSize(1);
    }

    @Test
    void repeatsAreKnownForAWeekAtLeast() {
        deliveries.store(incoming("id-1", "{}"));
        handled(next().orElseThrow(), "done", Optional.empty());
        deliveries.store(incoming("id-2", "{\"waits\":1}"));

        clock.pass(Duration.ofDays(6));
        assertThat(deliveries.sweep(Duration.ZERO)).isZero();
        clock.pass(Duration.ofDays(2));
        assertThat(deliveries.sweep(Duration.ofDays(7))).isEqualTo(1);
        assertThat(next()).isPresent();
    }

    @Test
    void refusalsAreCountedAndAFloodOfSourcesFillsNothing() throws Exception {
        var refusals = new Refusals(jdbi, clock);
        refusals.refused("shop", Forge.GITHUB, InetAddress.ofLiteral("192.0.2.1"), "the signature is wrong");
        refusals.refused("shop", Forge.GITHUB, InetAddress.ofLiteral("192.0.2.1"), "the signature is wrong");
        refusals.refused("shop", Forge.GITHUB, InetAddress.ofLiteral("2001:db8:1:2:3::4"), "the signature is wrong");
        refusals.refused("shop", Forge.GITHUB, InetAddress.ofLiteral("2001:db8:1:2:9::9"), "the signature is wrong");
        assertThat(refusals.latest("shop", 10))
                .extracting(Refusals.Refusal::source, Refusals.Refusal::times)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("192.0.2.1", 2L),
                        org.assertj.core.groups.Tuple.tuple("2001:db8:1:2:0:0:0:0/64", 2L));
        for (var i = 0; i < 1100; i++) {
            refusals.refused(
                    "shop",
                    Forge.GITHUB,
                    InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}),
                    "no");
        }

        assertThat(refusals.latest("shop", 5000))
                .hasSizeLessThanOrEqualTo(1002)
                .extracting(Refusals.Refusal::source)
                .contains("others");
        clock.pass(Duration.ofDays(31));
        refusals.sweep(Duration.ofDays(30));
        assertThat(refusals.latest("shop", 10)).isEmpty();
    }

    private List<Claimed> take() {
        return claims.take(LEASE, Set.of(), 1);
    }

    private Optional<Claimed> next() {
        return take().stream().findFirst();
    }

    private void handled(Claimed claimed, String result, Optional<Long> request) {
        claims.end(List.of(new Ended.Handled(claimed, result, request)));
    }

    private void failed(Claimed claimed, String reason) {
        claims.end(List.of(new Ended.Failed(claimed, reason)));
    }

    private String state(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select state from webhook_delivery where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }
}
