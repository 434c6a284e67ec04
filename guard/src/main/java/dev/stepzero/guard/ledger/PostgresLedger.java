package dev.stepzero.guard.ledger;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.store.GroupCommit;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The ledger in Stepzero's database. Any number of servers and threads append at once; the numbers have no gap, and what
 * was appended is on disk when {@link #append(Entry)} comes back. One is enough for a process.
 */
public final class PostgresLedger implements Ledger, AutoCloseable {
    private final Actions actions = Actions.onClassPath();
    private final Sequencer sequencer;
    private final ReentrantLock turn = new ReentrantLock();
    private final GroupCommit<Entry, Long> commits = new GroupCommit<>(this::numbered, Sequencer.MOST);
    private final Jdbi jdbi;

    /** Whether we wrote anything that is not signed for sure. */
    private final AtomicBoolean unsigned = new AtomicBoolean();

    /**
     * The ledger of a database.
     *
     * @param source connections; inside a transaction, {@link #append(Entry)} takes one more
     * @param keys the ring of the key that signs checkpoints
     */
    public PostgresLedger(DataSource source, KeyRing keys, Clock clock) {
        // Of our own, for a Jdbi gives the transaction that a thread has open to whoever asks it on that thread.
        this.jdbi = Jdbi.create(source);
        this.sequencer = new Sequencer(jdbi, new CheckpointSigner(keys), clock);
    }

    @Override
    public long append(Entry entry) {
        actions.require(entry.action());
        unsigned.set(true);
        return commits.commit(entry);
    }

    @Override
    public void append(Handle transaction, Entry entry) {
        actions.require(entry.action());
        unsigned.set(true);
        transaction.execute("insert into ledger.pending (entry) values (?)", entry.canonical());
    }

    /** Appends several in one commit, in their order; answers the number of the first. */
    public long append(List<Entry> entries) {
        entries.forEach(entry -> actions.require(entry.action()));
        unsigned.set(true);
        return sequence(entries).first();
    }

    /** Gives their numbers to all entries that transactions left. A server does so every few hundred milliseconds. */
    public void settle() {
        while (sequence(List.of()).pending() == Sequencer.MOST) {
            // There may be more.
        }
    }

    /** Signs all that there is. So does {@link #sign} where there is something new. */
    public SignedCheckpoint checkpoint() {
        settle();
        var size = inTurn(sequencer::sign);
        return reader().checkpoint(size)
                .orElseThrow(() -> UserError.usage("the ledger is empty: there is nothing to sign"));
    }

    /** What the ledger says. */
    public LedgerReader reader() {
        return new LedgerReader(jdbi);
    }

    private List<Long> numbered(List<Entry> batch) {
        var first = sequence(batch).first();
        return LongStream.range(first, first + batch.size()).boxed().toList();
    }

    private Sequencer.Batch sequence(List<Entry> batch) {
        return inTurn(() -> sequencer.append(batch));
    }

    private interface Work<T> {
        T call() throws SQLException;
    }

    private <T> T inTurn(Work<T> work) {
        turn.lock();
        try {
            return work.call();
        } catch (SQLException | JdbiException e) {
            throw UserError.engine("the ledger cannot be written: " + e.getMessage())
                    .fix(
                            "see that the database answers and has disk space; nothing is done that cannot be written down")
                    .because(e);
        } finally {
            turn.unlock();
        }
    }

    /** Numbers and signs what is left, if we wrote anything. */
    @Override
    public void close() {
        sign();
    }

    /** Numbers and signs what there is, if we wrote anything since we last did. */
    public void sign() {
        if (unsigned.getAndSet(false)) {
            settle();
            inTurn(sequencer::sign);
        }
    }
}
