package dev.stepzero.ship.forge.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.forge.Forge;
import java.net.InetAddress;
import java.time.Duration;
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

    DeliveriesTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deliveries = new Deliveries(jdbi, clock, new Retries(3, Duration.ofSeconds(10), Duration.ofMinutes(1)));
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

        var claimed = deliveries.next(LEASE).orElseThrow();

        assertThat(stored).isEqualTo(new Stored.New(claimed.id()));
        assertThat(new String(claimed.json(), UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(claimed.forge()).isEqualTo(Forge.GITHUB);
        assertThat(deliveries.next(LEASE)).isEmpty();
    }

    @Test
    void aRepeatIsRecognisedByItsIdAndByItsBody() {
        var first = ((Stored.New) deliveries.store(incoming("id-1", "{}"))).id();
        deliveries.handled(deliveries.next(LEASE).orElseThrow(), "the forge asked", Optional.empty());

        assertThat(deliveries.store(incoming("id-1", "{}")))
                .isInstanceOfSatisfying(
                        Stored.Repeat.class,
                        repeat -> assertThat(repeat.answer()).isEqualTo("already handled: the forge asked"));
        assertThat(deliveries.store(incoming("id-2", "{}"))).isInstanceOf(Stored.Repeat.class);
        assertThat(deliveries.store(incoming("", "{}"))).isInstanceOf(Stored.Repeat.class);
        assertThat(deliveries.store(incoming("id-1", "{\"other\":1}"))).isEqualTo(new Stored.Conflict(first));
        assertThat(deliveries.next(LEASE)).isEmpty();
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
        var dead = deliveries.next(LEASE).orElseThrow();

        clock.pass(LEASE);
        var heir = deliveries.next(LEASE).orElseThrow();
        deliveries.handled(dead, "too late", Optional.empty());

        assertThat(heir.id()).isEqualTo(dead.id());
        assertThat(state(heir.id())).isEqualTo("working");
    }

    @Test
    void aWorkerThatIsStoppedGivesItsDeliveryBackAndAProjectThatIsBusyWaits() {
        deliveries.store(incoming("id-1", "{}"));
        var stopped = deliveries.next(LEASE).orElseThrow();

        deliveries.giveBack(stopped);

        assertThat(deliveries.next(LEASE, Set.of(stopped.project()))).isEmpty();
        var again = deliveries.next(LEASE).orElseThrow();
        assertThat(again.id()).isEqualTo(stopped.id());
        assertThat(again.attempt()).isEqualTo(1);
    }

    @Test
    void aDeliveryThatKillsItsWorkersIsParkedInTheEnd() {
        deliveries.store(incoming("id-1", "{}"));
        for (var i = 0; i < 3; i++) {
            assertThat(deliveries.next(LEASE)).isPresent();
            clock.pass(LEASE);
        }

        assertThat(deliveries.next(LEASE)).isEmpty();
        assertThat(deliveries.store(incoming("id-1", "{}"))).isInstanceOf(Stored.Again.class);
        assertThat(deliveries.next(LEASE)).isPresent();
    }

    @Test
    void whatFailsRestsLongerEachTimeAndIsParkedAfterTheLast() {
        deliveries.store(incoming("id-1", "{}"));

        deliveries.failed(deliveries.next(LEASE).orElseThrow(), "down\0");
        assertThat(deliveries.next(LEASE)).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        deliveries.failed(deliveries.next(LEASE).orElseThrow(), "down");
        clock.pass(Duration.ofSeconds(10));
        assertThat(deliveries.next(LEASE)).isEmpty();
        clock.pass(Duration.ofSeconds(10));
        var last = deliveries.next(LEASE).orElseThrow();
        deliveries.failed(last, "down");

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
                    for (var next = deliveries.next(LEASE); next.isPresent(); next = deliveries.next(LEASE)) {
                        if (!taken.add(next.get().id())) {
                            twice.add(next.get().id());
                        }
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
        deliveries.handled(deliveries.next(LEASE).orElseThrow(), "done", Optional.empty());
        deliveries.store(incoming("id-2", "{\"waits\":1}"));

        clock.pass(Duration.ofDays(6));
        assertThat(deliveries.sweep(Duration.ZERO)).isZero();
        clock.pass(Duration.ofDays(2));
        assertThat(deliveries.sweep(Duration.ofDays(7))).isEqualTo(1);
        assertThat(deliveries.next(LEASE)).isPresent();
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

    private String state(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select state from webhook_delivery where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }
}
