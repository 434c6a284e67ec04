package dev.stepzero.guard.ledger;

import dev.stepzero.guard.ledger.merkle.Tile;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Gives entries their numbers. One session at a time does, over all servers of a database: the one that holds an advisory
 * lock, which ends with its transaction. What a batch writes, commits as a whole. For one thread at a time.
 */
final class Sequencer {
    /** Entries of a batch, so that a transaction stays short. */
    static final int MOST = 2000;

    private static final long LOCK = 0x7374657a_6c656467L;
    private static final int SIGNED_EVERY = 5000;
    private static final Duration SIGNED_AFTER = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final CheckpointSigner signer;
    private final Clock clock;
    private @Nullable Head head;

    Sequencer(Jdbi jdbi, CheckpointSigner signer, Clock clock) {
        this.jdbi = jdbi;
        this.signer = signer;
        this.clock = clock;
    }

    /** An entry that its transaction left to us, or one that was handed over directly. */
    private record Waiting(@Nullable Long arrival, String canonical, Entry entry) {
        /** Nothing that we write is unreadable; what somebody else put there waits for ever, and keeps nobody else from going on. */
        static Stream<Waiting> read(long arrival, String canonical) {
            try {
                return Stream.of(new Waiting(arrival, canonical, Leaf.parseEntry(canonical)));
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        }
    }

    /**
     * What a batch did.
     *
     * @param first the number of the first of the entries that were handed over
     * @param pending how many it took over from transactions
     */
    record Batch(long first, int pending) {}

    /** Appends what transactions left, at most so many, and then these. */
    Batch append(List<Entry> direct) throws SQLException {
        return this.<Batch>inTransaction(handle -> {
            var now = current(handle);
            var waiting = pending(handle);
            var taken = waiting.size();
            direct.forEach(entry -> waiting.add(new Waiting(null, entry.canonical(), entry)));
            if (waiting.isEmpty()) {
                return new Done<>(now, new Batch(now.tree().size(), 0));
            }
            var next = write(handle, now, waiting);
            if (isDue(next)) {
                next = sign(handle, next);
            }
            return new Done<>(next, new Batch(now.tree().size() + taken, taken));
        });
    }

    /** Signs what there is, unless it is signed, and answers the size that is signed now. */
    long sign() throws SQLException {
        return inTransaction(handle -> {
            var now = current(handle);
            var next = now.tree().size() > now.signed() ? sign(handle, now) : now;
            return new Done<>(next, next.signed());
        });
    }

    private record Done<T>(Head head, T answer) {}

    private interface Work<T> {
        Done<T> in(Handle handle) throws SQLException;
    }

    /** What we remember of the end counts only once it is committed. */
    private <T> T inTransaction(Work<T> work) throws SQLException {
        var done = jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, handle -> {
            // A statement of its own: the next one sees all that was committed before we got the lock.
            handle.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            return work.in(handle);
        });
        head = done.head();
        return done.answer();
    }

    private Head current(Handle handle) {
        var tip = Head.Tip.read(handle);
        var known = head;
        return known != null && known.isAt(tip) ? known : Head.read(handle, tip);
    }

    private static List<Waiting> pending(Handle handle) {
        return handle
                .createQuery("select arrival, entry from ledger.pending order by arrival limit " + MOST)
                .map((row, _) -> Waiting.read(row.getLong("arrival"), row.getString("entry")))
                .stream()
                .flatMap(each -> each)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Head write(Handle handle, Head now, List<Waiting> waiting) throws SQLException {
        var tree = now.tree().copy();
        var full = new ArrayList<Tile>();
        var numbered = new Numbered();
        var recorded = later(now.recorded());
        var last = now.last();
        for (var each : waiting) {
            var number = tree.size();
            var leaf = new Leaf(number, recorded, each.entry(), Leaf.json(each.canonical(), recorded, number));
            last = leaf.hash();
            tree.append(last, full::add);
            numbered.add(leaf, each.arrival());
        }
        numbered.write(handle.getConnection());
        new TileStore(handle).write(full);
        discharge(handle, waiting);
        return new Head(last, recorded, tree, now.signed(), now.signedAt());
    }

    private static void discharge(Handle handle, List<Waiting> waiting) {
        var arrivals =
                waiting.stream().map(Waiting::arrival).filter(Objects::nonNull).toArray(Long[]::new);
        if (arrivals.length > 0) {
            handle.execute("select ledger.discharge(?)", (Object) arrivals);
        }
    }

    /** A clock that was put back does not lead the ledger back. */
    private Instant later(Instant last) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(last) ? last : now;
    }

    private boolean isDue(Head next) {
        return next.tree().size() - next.signed() >= SIGNED_EVERY
                || Duration.between(next.signedAt(), clock.instant()).abs().compareTo(SIGNED_AFTER) >= 0;
    }

    private Head sign(Handle handle, Head now) {
        var checkpoint = signer.sign(handle, now.tree().size(), now.tree().root());
        if (checkpoint.isEmpty()) {
            return now;
        }
        var at = clock.instant();
        handle.createUpdate("""
                        insert into ledger.checkpoint (size, root, note, created_at) values (:size, :root, :note, :at)
                        on conflict do nothing""")
                .bind("size", now.tree().size())
                .bind("root", checkpoint.get().checkpoint().root().bytes())
                .bind("note", checkpoint.get().note())
                .bind("at", at)
                .execute();
        return new Head(now.last(), now.recorded(), now.tree(), now.tree().size(), at);
    }
}
