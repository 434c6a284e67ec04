import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.ledger.Actor;
import dev.stepzero.guard.ledger.Details;
import dev.stepzero.guard.ledger.Entry;
import dev.stepzero.guard.ledger.LedgerAudit;
import dev.stepzero.guard.ledger.LedgerExport;
import dev.stepzero.guard.ledger.Outcome;
import dev.stepzero.guard.ledger.PostgresLedger;
import dev.stepzero.guard.ledger.Thing;
import dev.stepzero.store.Database;
import dev.stepzero.store.embedded.PostgresCluster;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the ledger beside plain inserts of the same entries, by as many threads, in turns of the same length. */
public final class Measure {
    private static final int TURNS = 4;

    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]);
        var threads = Integer.parseInt(arguments[1]);
        var seconds = Integer.parseInt(arguments[2]);
        try (var database = Database.open(home, Map.of())) {
            plainTable(home);
            var keys = KeyRing.in(home.resolve("ledger-keys"), Clock.systemUTC());
            var ledger = new PostgresLedger(database.dataSource(), keys, Clock.systemUTC());
            var plain = new Plain(database);
            Work through = i -> ledger.append(entry(i));
            Work decided = i -> database.jdbi().useTransaction(handle -> ledger.append(handle, entry(i)));
            rate(threads, 2, through);
            rate(threads, 2, plain);
            double ledgerRate = 0;
            double plainRate = 0;
            for (var turn = 0; turn < TURNS; turn++) {
                ledgerRate += rate(threads, seconds, through) / TURNS;
                plainRate += rate(threads, seconds, plain) / TURNS;
            }
            System.out.printf("ledger, %d threads:        %,9.0f entries/s%n", threads, ledgerRate);
            System.out.printf("plain INSERT, %d threads:  %,9.0f rows/s      ledger/plain %.2f%n", threads, plainRate, ledgerRate / plainRate);
            System.out.printf("ledger, 1 thread:           %,9.0f entries/s%n", rate(1, seconds, through));
            System.out.printf("plain INSERT, 1 thread:     %,9.0f rows/s%n", rate(1, seconds, plain));
            var pending = rate(threads, seconds, decided);
            var start = System.nanoTime();
            var waiting = ledger.reader().pending();
            ledger.settle();
            System.out.printf("with a transaction:         %,9.0f entries/s, numbered at %,.0f/s%n", pending, waiting / since(start));
            ledger.checkpoint();
            verify(home, database, ledger, keys);
        }
    }

    private static void verify(Path home, Database database, PostgresLedger ledger, KeyRing keys) throws Exception {
        var size = ledger.reader().size();
        var audit = new LedgerAudit(keys.keys(), List.of());
        var start = System.nanoTime();
        require(audit.of(database.jdbi()).fault().isEmpty());
        System.out.printf("verify the database:        %,9.0f entries/s of %,d%n", size / since(start), size);
        var file = home.resolve("export.jsonl");
        start = System.nanoTime();
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new LedgerExport(database.jdbi(), keys.keys()).write(0, out);
        }
        System.out.printf("export:                     %,9.0f entries/s, %,d bytes each%n", size / since(start), Files.size(file) / size);
        start = System.nanoTime();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            require(audit.of(in).fault().isEmpty());
        }
        System.out.printf("verify the export:          %,9.0f entries/s%n", size / since(start));
        start = System.nanoTime();
        for (var i = 0; i < 200; i++) {
            ledger.reader().inclusion(i * (size / 200), size);
        }
        System.out.printf("inclusion proof:            %9.1f ms%n", since(start) * 1000 / 200);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void require(boolean good) {
        if (!good) {
            throw new IllegalStateException("the ledger does not verify");
        }
    }

    private interface Work {
        void on(long number) throws Exception;
    }

    /** A row and an index on the principal: what one would write without a ledger. */
    private record Plain(Database database) implements Work {
        @Override
        public void on(long number) {
            var entry = entry(number);
            database.jdbi().useHandle(handle -> handle.execute(
                    "insert into plain (at, principal, action, object, outcome, reason, details) values (?, ?, ?, ?, ?, ?, ?::jsonb)",
                    entry.at(), entry.who().principal(), entry.action(), entry.what().id(), entry.outcome().label(),
                    entry.reason(), entry.details().json()));
        }
    }

    private static double rate(int threads, int seconds, Work work) throws Exception {
        var done = new AtomicLong();
        var start = System.nanoTime();
        var end = start + TimeUnit.SECONDS.toNanos(seconds);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < threads; i++) {
                pool.submit(() -> {
                    while (System.nanoTime() < end) {
                        work.on(done.incrementAndGet());
                    }
                    return null;
                });
            }
        }
        return done.get() / since(start);
    }

    private static void plainTable(Path home) throws Exception {
        try (var lease = PostgresCluster.at(home.resolve("postgres")).open()) {
            var owner = lease.server().superuser("stepzero");
            org.jdbi.v3.core.Jdbi.create(owner.url(), owner.user(), owner.password()).useHandle(handle -> handle.execute("""
                    create table plain (id bigint generated always as identity primary key, at timestamptz, principal text,
                                        action text, object text, outcome text, reason text, details jsonb);
                    create index on plain (principal, id);
                    grant select, insert on plain to stepzero_server"""));
        }
    }

    private static Entry entry(long i) {
        return new Entry(
                new Actor("os:ada@laptop", "pid:1", "laptop"),
                "key.create",
                new Thing("deployment", Long.toString(i), "invoicer", "production"),
                Instant.now(),
                Outcome.SUCCEEDED,
                "measured",
                Details.of(Map.of("commit", "7b3b3130d6b3", "i", i)));
    }
}
