package dev.stepzero.guard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.LedgerDatabase.Fresh;
import dev.stepzero.guard.ledger.merkle.Tile;
import dev.stepzero.guard.ledger.merkle.TileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody owns the database, and has everything but the key. Each tampers with one and the same ledger of 700 entries,
 * signed at 100, 300, 600 and 690, and is found out in the database and in an export of it alike.
 */
@ExtendWith(LedgerDatabase.class)
class TamperTest {
    private static final int SIZE = 700;

    private final Fresh database;
    private List<TrustedKey> keys = List.of();
    private SignedCheckpoint seen;
    private SigningKey key;

    @TempDir
    Path directory;

    TamperTest(Fresh database) {
        this.database = database;
    }

    /** A way to tamper, and where it has to be found. */
    private record Crime(String name, Consumer<Handle> deed, long first, long last) {
        static Crime at(String name, long number, String... sql) {
            return new Crime(name, handle -> Stream.of(sql).forEach(handle::execute), number, number);
        }

        static Crime within(String name, long first, long last, String... sql) {
            return new Crime(name, handle -> Stream.of(sql).forEach(handle::execute), first, last);
        }
    }

    @Test
    void everyoneWhoTampersIsFoundOut() throws Exception {
        fill();
        var unfound = new ArrayList<String>();
        for (var crime : crimes()) {
            inTransaction(crime, unfound);
        }

        assertThat(unfound).isEmpty();
    }

    @Test
    void aLedgerThatNobodyTamperedWithIsWell() throws Exception {
        fill();

        for (var audited : List.of(ofDatabase(database.owner()), ofExport(database.owner()))) {
            assertThat(audited.fault()).isEmpty();
            assertThat(audited.size()).isEqualTo(SIZE);
            assertThat(audited.checkpoints()).isEqualTo(4);
            assertThat(audited.good().orElseThrow().size()).isEqualTo(690);
            assertThat(audited.unsigned()).isEqualTo(10);
        }
    }

    @Test
    void itIsSaidUpToWhereAllIsWell() throws Exception {
        fill();
        database.tamper("delete from ledger.entry where seq = 333");

        var audited = ofDatabase(database.owner());

        assertThat(audited.good().orElseThrow().size()).isEqualTo(300);
        assertThat(audited.fault().orElseThrow().where()).isEqualTo("entry 333");
    }

    private List<Crime> crimes() {
        var altered = "update ledger.entry set leaf = replace(leaf, 'because of', 'in spite of')";
        var rehashed =
                ", leaf_hash = sha256('\\x00' || convert_to(replace(leaf, 'because of', 'in spite of'), 'UTF8'))";
        return List.of(
                Crime.at("a field of an entry is altered", 5, altered + " where seq = 5"),
                Crime.at("a field of an entry of the last tile is altered", 650, altered + " where seq = 650"),
                Crime.at("two entries are altered", 5, altered + " where seq in (5, 400)"),
                Crime.at("an entry and its hash are altered", 300, altered + rehashed + " where seq = 300"),
                Crime.within("an entry, its hash and the tile are altered", 300, 511, tile(0, 1, 300)),
                Crime.within(
                        "an entry and its hash are altered where no tile is full yet",
                        600,
                        689,
                        altered + rehashed + " where seq = 655"),
                Crime.at(
                        "only the hash of an entry is altered",
                        7,
                        "update ledger.entry set leaf_hash = sha256('x') where seq = 7"),
                Crime.at(
                        "a column by which entries are found is altered",
                        9,
                        "update ledger.entry set principal = 'mallory' where seq = 9"),
                Crime.at(
                        "a time by which entries are found is altered",
                        10,
                        "update ledger.entry set at = at - interval '1 day' where seq = 10"),
                Crime.at("two entries change places", 20, swap(20, 21)),
                Crime.at(
                        "two entries change places with all that belongs to them",
                        20,
                        "update ledger.entry set seq = 41 - seq + 100000 where seq in (20, 21)",
                        "update ledger.entry set seq = seq - 100000 where seq >= 100000"),
                Crime.at("the first entry is deleted", 0, "delete from ledger.entry where seq = 0"),
                Crime.at("an entry in the middle is deleted", 333, "delete from ledger.entry where seq = 333"),
                Crime.at(
                        "an entry is deleted and the rest moves up",
                        333,
                        "delete from ledger.entry where seq = 333",
                        "update ledger.entry set seq = seq - 1 where seq > 333"),
                Crime.within(
                        "the last signed entries are deleted", 680, 689, "delete from ledger.entry where seq >= 680"),
                Crime.within("all entries are deleted", 0, 99, "delete from ledger.entry"),
                Crime.at(
                        "an entry is put in between",
                        50,
                        "update ledger.entry set seq = seq + 100000 where seq >= 50",
                        "insert into ledger.entry select 50, null, leaf, leaf_hash, recorded, at, principal, session, address, action, type, object, project, environment, outcome from ledger.entry where seq = 49",
                        "update ledger.entry set seq = seq - 99999 where seq > 100000 - 1"),
                Crime.at(
                        "a number is there twice",
                        61,
                        "alter table ledger.entry drop constraint entry_pkey",
                        "insert into ledger.entry select * from ledger.entry where seq = 60"),
                Crime.at("an entry is no JSON any more", 12, "update ledger.entry set leaf = '{' where seq = 12"),
                Crime.at(
                        "an entry has a blank too much",
                        12,
                        "update ledger.entry set leaf = leaf || ' ' where seq = 12"),
                Crime.at(
                        "an entry says that it was recorded earlier",
                        30,
                        "update ledger.entry set leaf = regexp_replace(leaf, '\"recorded\":\"[0-9]{4}', '\"recorded\":\"1999') where seq = 30"),
                new Crime(
                        "a tile is deleted",
                        handle -> handle.execute("delete from ledger.tile where index = 1"),
                        256,
                        256),
                Crime.within(
                        "a hash in a tile is altered",
                        256,
                        256,
                        "update ledger.tile set hashes = set_byte(hashes, 3, 255 - get_byte(hashes, 3)) where index = 1"),
                Crime.within(
                        "a checkpoint's root is altered in its note",
                        100,
                        299,
                        "update ledger.checkpoint set note = replace(note, E'\\n300\\n', E'\\n300\\nA') where size = 300"),
                Crime.within(
                        "a checkpoint says another size",
                        100,
                        299,
                        "update ledger.checkpoint set note = replace(note, E'\\n300\\n', E'\\n299\\n') where size = 300"),
                Crime.within(
                        "a signature is altered",
                        300,
                        599,
                        "update ledger.checkpoint set note = overlay(note placing 'AAAA' from length(note) - 20) where size = 600"),
                Crime.within("a checkpoint is signed with another key", 300, 599, note(600, other())),
                Crime.within(
                        "a checkpoint of another ledger is put in",
                        300,
                        599,
                        "update ledger.checkpoint set note = replace(note, 'stepzero.dev/ledger/', 'stepzero.dev/ledger/x') where size = 600"),
                new Crime(
                        "the end is cut off with its checkpoints",
                        handle -> {
                            handle.execute("delete from ledger.entry where seq >= 600");
                            handle.execute("delete from ledger.checkpoint where size > 600");
                        },
                        600,
                        689),
                new Crime("the tree is written anew without the key", handle -> rewrite(handle, other()), 0, 99),
                new Crime(
                        "the tree is written anew and nothing is signed",
                        handle -> {
                            rewrite(handle, other());
                            handle.execute("delete from ledger.checkpoint");
                        },
                        0,
                        689),
                new Crime("there are two histories, both signed with the key", handle -> rewrite(handle, key), 0, 689));
    }

    private static String swap(int one, int other) {
        return """
                update ledger.entry a set leaf = b.leaf, leaf_hash = b.leaf_hash from ledger.entry b
                where a.seq in (%1$d, %2$d) and b.seq in (%1$d, %2$d) and a.seq <> b.seq""".formatted(one, other);
    }

    /** Alters an entry, its hash, and its hash in the tile, but not what stands above that. */
    private String tile(int level, int index, int number) {
        var json = leaf(number).replace("because of", "in spite of");
        var hash = java.util.HexFormat.of().formatHex(Leaf.hash(json).bytes());
        return """
                with altered as (
                    update ledger.entry set leaf = '%s', leaf_hash = '\\x%s' where seq = %d)
                update ledger.tile set hashes = overlay(hashes placing '\\x%s'::bytea from %d)
                where level = %d and index = %d""".formatted(json, hash, number, hash, number % 256 * 32 + 1, level, index);
    }

    private String leaf(long number) {
        return new LedgerReader(database.owner()).find(number).orElseThrow().json();
    }

    private String note(long size, SigningKey with) {
        var checkpoint = new LedgerReader(database.owner())
                .checkpoint(size)
                .orElseThrow()
                .checkpoint();
        return "update ledger.checkpoint set note = '%s' where size = %d"
                .formatted(SignedCheckpoint.sign(checkpoint, with).note(), size);
    }

    private SigningKey other() {
        return SigningKey.in(directory.resolve("other"));
    }

    /** Alters an entry at the beginning, and makes everything that follows from it anew. */
    private void rewrite(Handle handle, SigningKey with) {
        var tiles = new ArrayList<Tile>();
        var tree = new TileTree();
        handle.execute("update ledger.entry set leaf = replace(leaf, 'because of', 'in spite of') where seq = 0");
        var leaves = handle.createQuery("select leaf from ledger.entry order by seq")
                .mapTo(String.class)
                .list();
        for (var leaf : leaves) {
            var hash = Leaf.hash(leaf);
            handle.execute("update ledger.entry set leaf_hash = ? where seq = ?", hash.bytes(), tree.size());
            tree.append(hash, tiles::add);
            var size = tree.size();
            var root = tree.root();
            new LedgerReader(database.owner())
                    .checkpoint(size)
                    .ifPresent(old -> handle.execute(
                            "update ledger.checkpoint set root = ?, note = ? where size = ?",
                            root.bytes(),
                            SignedCheckpoint.sign(
                                            new Checkpoint(old.checkpoint().origin(), size, root), with)
                                    .note(),
                            size));
        }
        handle.execute("delete from ledger.tile");
        for (var tile : tiles) {
            handle.execute(
                    "insert into ledger.tile values (?, ?, ?, ?)",
                    tile.level(),
                    tile.index(),
                    tile.bytes(),
                    tile.root().bytes());
        }
    }

    private void fill() throws InterruptedException {
        var ring = KeyRing.in(directory.resolve("keys"), Clock.systemUTC());
        var ledger = new PostgresLedger(database.database().dataSource(), ring, Clock.systemUTC());
        var entries = Entries.first(SIZE);
        var from = 0;
        for (var to : List.of(100, 300, 600, 690)) {
            ledger.append(entries.subList(from, to));
            seen = ledger.checkpoint();
            from = to;
        }
        ledger.append(entries.subList(from, SIZE));
        keys = ring.keys();
        key = ring.signing();
    }

    /** Nothing that a crime does outlives its transaction. */
    private void inTransaction(Crime crime, List<String> unfound) {
        database.owner().useHandle(handle -> {
            handle.execute("set session_replication_role = replica");
            handle.begin();
            crime.deed().accept(handle);
            var own = Jdbi.create(handle.getConnection());
            judge(crime, "the database", ofDatabase(own), unfound);
            if (!crime.name().startsWith("only") && !crime.name().contains("are found")) {
                // An export holds what was written, which is right there.
                judge(crime, "an export", ofExport(own), unfound);
            }
            handle.rollback();
        });
    }

    private static void judge(Crime crime, String where, Audited audited, List<String> unfound) {
        var fault = audited.fault();
        if (fault.isEmpty()) {
            unfound.add("%s: %s is taken for good".formatted(crime.name(), where));
        } else if (where.equals("the database")
                && (fault.get().first() != crime.first() || fault.get().last() != crime.last())) {
            unfound.add("%s: blames %s: %s"
                    .formatted(crime.name(), fault.get().where(), fault.get().what()));
        }
    }

    private Audited ofDatabase(Jdbi jdbi) {
        return new LedgerAudit(keys, List.of(seen)).of(jdbi);
    }

    private Audited ofExport(Jdbi jdbi) {
        try {
            var out = new ByteArrayOutputStream();
            new LedgerExport(jdbi, keys).write(0, out);
            return new LedgerAudit(keys, List.of(seen)).of(new ByteArrayInputStream(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
