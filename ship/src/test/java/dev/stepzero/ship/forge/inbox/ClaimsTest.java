package dev.stepzero.ship.forge.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.inbox.Claims.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ClaimsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 3;

    private final SettableClock clock = new SettableClock();
    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final Claims claims;

    ClaimsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.deliveries = new Deliveries(jdbi, clock);
        this.claims = new Claims(jdbi, clock, new Retries(ATTEMPTS, Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    @BeforeEach
    void empty() {
        jdbi.useHandle(handle -> handle.execute("delete from webhook_delivery"));
    }

    private long store(String project, String body) {
        clock.pass(Duration.ofMillis(1));
        var incoming = new Incoming(project, Forge.GITHUB, "ping", Optional.empty(), body.getBytes(UTF_8), "192.0.2.1");
        return ((Stored.New) deliveries.store(incoming)).id();
    }

    private List<Long> store(String project, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> store(project, "{\"n\":%d}".formatted(number)))
                .toList();
    }

    private List<Claimed> take() {
        return claims.take(LEASE, Set.of(), 8);
    }

    private static Ended handled(Claimed claimed) {
        return new Ended.Handled(claimed, "done", Optional.empty());
    }

    private List<String> states(String project) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select state || ' ' || attempts from webhook_delivery where project = ? order by id""").bind(0, project).mapTo(String.class).list());
    }

    @Test
    void severalProjectsAreTakenTogetherEachInItsOrder() {
        var shop = store("shop", 3);
        var blog = store("blog", 2);

        var taken = take();

        assertThat(taken)
                .filteredOn(one -> one.project().equals("shop"))
                .extracting(Claimed::id)
                .containsExactlyElementsOf(shop);
        assertThat(taken)
                .filteredOn(one -> one.project().equals("blog"))
                .extracting(Claimed::id)
                .containsExactlyElementsOf(blog);
        assertThat(take()).isEmpty();
    }

    @Test
    void whatIsGivenBackKeepsItsPlaceAndItsAttempts() {
        var first = store("shop", 2);
        claims.end(take().stream().map(Ended.GivenBack::new).toList());
        store("shop", "{\"later\":1}");

        assertThat(states("shop")).containsExactly("waiting 0", "waiting 0", "waiting 0");
        assertThat(take()).extracting(Claimed::id).startsWith(first.get(0), first.get(1));
    }

    @Test
    void whatTurnedOutDifferentlyEndsTogether() {
        store("shop", 4);
        var taken = take();

        claims.end(List.of(
                new Ended.Handled(taken.get(0), "asked for a run", Optional.of(7L)),
                new Ended.Failed(taken.get(1), "down\0"),
                new Ended.GivenBack(taken.get(2))));

        assertThat(states("shop")).containsExactly("handled 1", "waiting 1", "waiting 0", "working 1");
        var rows = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select concat_ws(', ', result, request_id, ended_at is not null) from webhook_delivery order by id""").mapTo(String.class).list());
        assertThat(rows).containsExactly("asked for a run, 7, t", "down\uFFFD, f", "f", "f");
    }

    @Test
    void whatAnotherHasTakenOverIsNeitherKeptNorEnded() {
        store("shop", 1);
        var dead = take();
        clock.pass(LEASE);
        var heir = take();

        claims.renew(dead, Duration.ofHours(1));
        claims.end(dead.stream().map(ClaimsTest::handled).toList());

        assertThat(states("shop")).containsExactly("working 2");
        clock.pass(LEASE);
        assertThat(take())
                .extracting(Claimed::id)
                .containsExactly(heir.getFirst().id());
    }

    @Test
    void whatIsKeptIsNotTakenOver() {
        store("shop", 2);
        var held = take();
        clock.pass(LEASE.minusSeconds(1));

        claims.renew(held, LEASE);

        clock.pass(LEASE.minusSeconds(1));
        assertThat(take()).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(take()).isNotEmpty();
    }

    @Test
    void aDeliveryThatKillsServersIsParkedAndHurtsNoneThatWereTakenWithIt() {
        var poison = store("shop", "{\"poison\":1}");
        store("shop", 5);
        store("blog", 5);

        for (var taken = take(); !taken.isEmpty(); taken = take()) {
            if (taken.stream().anyMatch(one -> one.id() == poison)) {
                // It is the first of all, and the server dies.
                clock.pass(LEASE);
            } else {
                claims.end(taken.stream().map(ClaimsTest::handled).toList());
            }
        }

        assertThat(states("shop").getFirst()).isEqualTo("parked " + ATTEMPTS);
        assertThat(states("shop").subList(1, 6)).allMatch(state -> state.startsWith("handled"));
        assertThat(states("blog")).allMatch(state -> state.startsWith("handled"));
    }

    @Test
    void noProjectTakesTheRoomOfOthers() {
        var crowd = IntStream.range(0, 100)
                .mapToObj(number -> due(number, "crowd", 1))
                .toList();
        var both = new ArrayList<>(crowd);
        both.add(due(100, "few", 1));
        both.add(due(101, "none", 1));

        var chosen = Choice.of(both, 2);

        assertThat(chosen).filteredOn(one -> one.project().equals("crowd")).hasSize(Choice.MOST_OF_ONE);
        assertThat(chosen).filteredOn(one -> one.project().equals("few")).hasSize(1);
        assertThat(chosen).filteredOn(one -> one.project().equals("none")).isEmpty();
    }

    @Test
    void largeOnesAreTakenOneByOne() {
        var due =
                List.of(due(1, "shop", 3 << 20), due(2, "shop", 2 << 20), due(3, "shop", 1), due(4, "blog", 20 << 20));

        assertThat(Choice.of(due, 8)).extracting(Due::id).containsExactly(1L, 4L);
    }

    private static Due due(long id, String project, long size) {
        return new Due(id, project, 0, false, Instant.EPOCH, size);
    }
}
