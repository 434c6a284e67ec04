package dev.stepzero.guard.ledger;

import dev.stepzero.core.Home;
import dev.stepzero.guard.keys.KeyRing;
import java.time.Clock;
import javax.sql.DataSource;

/** The ledger of an installation: its database, the ring of its key, and the newest checkpoint that was seen from here. */
public final class InstalledLedger implements AutoCloseable {
    /** What the ring is called among those of the environments. */
    public static final String RING = "ledger";

    private final PostgresLedger ledger;
    private final KeyRing keys;
    private final SeenCheckpoint seen;

    private InstalledLedger(PostgresLedger ledger, KeyRing keys, SeenCheckpoint seen) {
        this.ledger = ledger;
        this.keys = keys;
        this.seen = seen;
    }

    /** Opens it; nothing is written before somebody appends. */
    public static InstalledLedger open(Home home, DataSource source, Clock clock) {
        var keys = keys(home, clock);
        return new InstalledLedger(new PostgresLedger(source, keys, clock), keys, seen(home));
    }

    /** The keys that sign the checkpoints of an installation. */
    public static KeyRing keys(Home home, Clock clock) {
        return KeyRing.in(home.ledger().resolve("keys"), clock);
    }

    /** The newest checkpoint that was seen from an installation. */
    public static SeenCheckpoint seen(Home home) {
        return new SeenCheckpoint(home.ledger().resolve("checkpoint"));
    }

    public PostgresLedger ledger() {
        return ledger;
    }

    public KeyRing keys() {
        return keys;
    }

    public SeenCheckpoint seen() {
        return seen;
    }

    /** Signs what was written, and remembers the checkpoint. */
    @Override
    public void close() {
        ledger.close();
        ledger.reader().checkpoint().ifPresent(seen::see);
    }
}
