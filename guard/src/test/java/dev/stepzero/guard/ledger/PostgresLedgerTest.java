package dev.stepzero.guard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.ledger.LedgerDatabase.Fresh;
import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.ProofCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LedgerDatabase.class)
class PostgresLedgerTest {
    private final Fresh database;
    private PostgresLedger ledger;
    private KeyRing keys;

    @TempDir
    Path directory;

    PostgresLedgerTest(Fresh database) {
        this.database = database;
    }

    @BeforeEach
    void openLedger() {
        keys = KeyRing.in(directory.resolve("keys"), Clock.systemUTC());
        ledger = server(Clock.systemUTC());
    }

    private PostgresLedger server(Clock clock) {
        return new PostgresLedger(database.database().dataSource(), keys, clock);
    }

    @Test
    void whatWasAppendedIsReadBack() {
        var number = ledger.append(Entries.number(3));

        var leaf = ledger.reader().find(number).orElseThrow();
        assertThat(leaf.entry()).isEqualTo(Entries.number(3));
        assertThat(leaf.number()).isZero();
        assertThat(ledger.reader().find(1)).isEmpty();
    }

    @Test
    void manyThreadsOfSeveralServersGetNumbersWithoutAGap() throws Exception {
        var servers = List.of(ledger, server(Clock.systemUTC()), server(Clock.systemUTC()));
        var numbers = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 900)
                    .<Callable<Long>>mapToObj(i -> () -> servers.get(i % 3).append(Entries.number(i)))
                    .toList();
            for (Future<Long> each : threads.invokeAll(calls)) {
                numbers.add(each.get());
            }
        }

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 900).boxed().toList());
        for (var i = 0; i < 900; i += 37) {
            assertThat(ledger.reader().find(numbers.get(i)).orElseThrow().entry())
                    .isEqualTo(Entries.number(i));
        }
        assertThat(audit().fault()).isEmpty();
    }

    @Test
    void aDecisionAndItsEntryAreThereBothOrNeither() {
        database.server().useTransaction(handle -> ledger.append(handle, Entries.number(1)));
        assertThatThrownBy(() -> database.server().useTransaction(handle -> {
                    ledger.append(handle, Entries.number(2));
                    throw new IllegalStateException("the decision failed");
                }))
                .hasMessage("the decision failed");

        assertThat(ledger.reader().size()).isZero();
        assertThat(ledger.reader().pending()).isOne();
        ledger.settle();

        assertThat(ledger.reader().pending()).isZero();
        assertThat(ledger.reader().size()).isOne();
        assertThat(ledger.reader().find(0).orElseThrow().entry()).isEqualTo(Entries.number(1));
    }

    @Test
    void whatAKilledServerLeftGetsItsNumberFromAnother() {
        database.server().useTransaction(handle -> ledger.append(handle, Entries.number(1)));

        server(Clock.systemUTC()).append(Entries.number(2));

        assertThat(entries()).containsExactly(Entries.number(1), Entries.number(2));
    }

    @Test
    void anOpenTransactionHoldsNobodyUpAndComesLater() {
        database.server().useTransaction(handle -> {
            ledger.append(handle, Entries.number(1));
            assertThat(ledger.append(Entries.number(2))).isZero();
        });
        ledger.settle();

        assertThat(entries()).containsExactly(Entries.number(2), Entries.number(1));
    }

    @Test
    void anUnreadablePendingEntryKeepsNobodyFromGoingOn() {
        database.server()
                .useHandle(handle -> handle.execute("insert into ledger.pending (entry) values ('{}'), ('{')"));
        ledger.append(Entries.number(1));
        ledger.settle();

        assertThat(entries()).containsExactly(Entries.number(1));
        assertThat(ledger.reader().pending()).isEqualTo(2);
    }

    @Test
    void aClockThatIsPutBackDoesNotLeadTheLedgerBack() {
        var first = ledger.append(Entries.number(1));
        var second = server(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).append(Entries.number(2));

        var reader = ledger.reader();
        assertThat(reader.find(second).orElseThrow().recorded())
                .isEqualTo(reader.find(first).orElseThrow().recorded());
        assertThat(audit().fault()).isEmpty();
    }

    @Test
    void anActionThatNobodyKnowsIsRefused() {
        var entry = Entries.number(1);
        var unknown =
                new Entry(entry.who(), "key.swallow", entry.what(), entry.at(), entry.outcome(), "", Details.NONE);

        assertThatThrownBy(() -> ledger.append(unknown)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailureReachesEverybodyWhoWaitedAndTheNextOneGoesOn() {
        database.owner().useHandle(handle -> handle.execute("alter table ledger.entry rename to gone"));
        assertThatThrownBy(() -> ledger.append(Entries.number(1))).hasMessageContaining("the ledger cannot be written");
        database.owner().useHandle(handle -> handle.execute("alter table ledger.gone rename to entry"));

        assertThat(ledger.append(Entries.number(2))).isZero();
    }

    @Test
    void proofsOfEveryEntryAndOfEveryEarlierCheckpointVerify() {
        var checkpoints = new ArrayList<Checkpoint>();
        for (var entries : List.of(Entries.first(1), Entries.first(254), Entries.first(2), Entries.first(400))) {
            ledger.append(entries);
            checkpoints.add(ledger.checkpoint().checkpoint());
        }
        var reader = ledger.reader();
        var newest = checkpoints.getLast();

        for (long number : List.of(0L, 1L, 255L, 256L, 257L, 511L, 512L, 656L)) {
            var leaf = Hash.ofLeaf(
                    reader.find(number).orElseThrow().json().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var proof = reader.inclusion(number, newest.size());
            assertThat(ProofCheck.includes(leaf, number, newest.size(), proof, newest.root()))
                    .isTrue();
        }
        for (var each : checkpoints) {
            var proof = reader.consistency(each.size(), newest.size());
            assertThat(ProofCheck.grewOutOf(each.size(), each.root(), newest.size(), newest.root(), proof))
                    .isTrue();
        }
        assertThat(audit().checkpoints()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void checkpointsGoOnWhenTheKeyIsRotatedAndThoseOfARevokedKeyAreCoveredByLaterOnes() throws Exception {
        ledger.append(Entries.number(1));
        var first = ledger.checkpoint();
        keys.rotate();
        ledger.append(Entries.number(2));
        ledger.checkpoint();
        assertThat(audit().fault()).isEmpty();
        assertThat(audit().checkpoints()).isEqualTo(2);

        keys.revoke(keys.keys().getLast().key().id(), "stolen");

        var audited = new LedgerAudit(keys.keys(), List.of(first)).of(database.server());
        assertThat(audited.fault()).isEmpty();
        assertThat(audited.revoked()).isOne();
    }

    @Test
    void entriesAreFoundByWhoWhatAndWhenPageByPage() {
        for (var second = 0; second < 40; second++) {
            server(Clock.fixed(Entries.NOON.plusSeconds(second), ZoneOffset.UTC))
                    .append(Entries.number(second));
        }
        var reader = ledger.reader();
        var any = LedgerQuery.newest(5);
        var query = new LedgerQuery(
                Optional.of("ada"),
                Optional.empty(),
                Optional.of("key"),
                Optional.empty(),
                Optional.of("invoicer"),
                Optional.of("production"),
                Optional.empty(),
                Optional.of(Entries.NOON.plusSeconds(6)),
                Optional.of(Entries.NOON.plusSeconds(36)),
                OptionalLong.empty(),
                2);

        assertThat(numbers(reader.search(any))).containsExactly(39L, 38L, 37L, 36L, 35L);
        assertThat(numbers(reader.search(any.before(2)))).containsExactly(1L, 0L);
        var found = new ArrayList<Long>();
        for (var page = reader.search(query);
                !page.isEmpty();
                page = reader.search(query.before(page.getLast().number()))) {
            found.addAll(numbers(page));
        }
        assertThat(found).containsExactly(30L, 24L, 18L, 12L, 6L);
    }

    @Test
    void aTimeIsAPlaceInTheLedger() {
        var reader = ledger.reader();
        assertThat(reader.firstSince(Entries.NOON)).isZero();
        for (var second : List.of(1, 1, 1, 4, 4, 9)) {
            server(Clock.fixed(Entries.NOON.plusSeconds(second), ZoneOffset.UTC))
                    .append(Entries.number(second));
        }

        assertThat(List.of(0, 1, 2, 4, 5, 9, 10).stream()
                        .map(second -> reader.firstSince(Entries.NOON.plusSeconds(second)))
                        .toList())
                .containsExactly(0L, 0L, 3L, 3L, 5L, 5L, 6L);
    }

    private static List<Long> numbers(List<Leaf> leaves) {
        return leaves.stream().map(Leaf::number).toList();
    }

    private List<Entry> entries() {
        return ledger.reader().search(LedgerQuery.newest(1000)).reversed().stream()
                .map(Leaf::entry)
                .toList();
    }

    private Audited audit() {
        ledger.checkpoint();
        try {
            return new LedgerAudit(keys.keys(), List.of()).of(database.server());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
