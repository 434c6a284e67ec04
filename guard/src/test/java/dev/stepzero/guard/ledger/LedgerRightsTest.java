package dev.stepzero.guard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.ledger.LedgerDatabase.Fresh;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the database itself refuses, whatever the program that is connected to it would like. */
@ExtendWith(LedgerDatabase.class)
class LedgerRightsTest {
    private final Fresh database;

    @TempDir
    Path directory;

    LedgerRightsTest(Fresh database) {
        this.database = database;
    }

    @BeforeEach
    void thereIsALedger() {
        var ledger = new PostgresLedger(
                database.database().dataSource(), KeyRing.in(directory, Clock.systemUTC()), Clock.systemUTC());
        ledger.append(Entries.first(300));
        ledger.checkpoint();
        database.server().useTransaction(handle -> ledger.append(handle, Entries.number(1)));
    }

    @Test
    void theServerMayOnlyAppend() {
        database.server().useHandle(handle -> handle.execute("grant all on ledger.entry to worker"));

        for (var sql : List.of(
                "update ledger.entry set principal = 'nobody' where seq = 1",
                "update ledger.entry set leaf = leaf where false",
                "delete from ledger.entry where seq = 299",
                "truncate ledger.entry",
                "update ledger.tile set root = root",
                "delete from ledger.tile",
                "truncate ledger.tile",
                "update ledger.checkpoint set note = ''",
                "delete from ledger.checkpoint",
                "truncate ledger.checkpoint",
                "update ledger.pending set entry = '{}'",
                "delete from ledger.pending",
                "truncate ledger.pending",
                "update ledger.identity set id = gen_random_uuid()",
                "delete from ledger.identity",
                "insert into ledger.entry select * from ledger.entry on conflict (seq) do update set leaf = ''",
                "merge into ledger.entry e using ledger.tile t on e.seq = t.index when matched then delete",
                "drop table ledger.entry",
                "drop schema ledger cascade",
                "alter table ledger.entry disable trigger all",
                "alter table ledger.entry owner to worker",
                "drop trigger append_only on ledger.entry",
                "create or replace function ledger.refuse() returns trigger language plpgsql as 'begin return old; end'",
                "set session_replication_role = replica",
                "create rule r as on insert to ledger.entry do instead nothing",
                "create table ledger.other (a int)",
                "select ledger.discharge(array[1::bigint])")) {
            assertThatThrownBy(() -> database.server().useHandle(handle -> handle.execute(sql)))
                    .as(sql)
                    .hasMessageMatching("(?s).*(permission denied|must be owner|has no number yet).*");
        }
        assertThat(count("entry")).isEqualTo(300);
        assertThat(count("pending")).isOne();
    }

    @Test
    void evenTheOwnerIsRefusedByTheTriggers() {
        for (var table : List.of("entry", "tile", "checkpoint", "pending", "identity")) {
            requireRefused(table);
        }
        assertThat(count("entry")).isEqualTo(300);
    }

    private void requireRefused(String table) {
        for (var sql : List.of("update ledger.%s set ", "delete from ledger.%s", "truncate ledger.%s")) {
            var statement = sql.formatted(table)
                    + (sql.startsWith("update") ? "%1$s = %1$s".formatted(firstColumn(table)) : "");
            assertThatThrownBy(() -> database.owner().useHandle(handle -> handle.execute(statement)))
                    .as(statement)
                    .hasMessageMatching(
                            "(?s).*(can only be appended to|has no number yet|can only be updated to DEFAULT).*");
        }
    }

    @Test
    void aPendingEntryIsNotTakenAwayForAnotherThatClaimsItsPlace() {
        database.server().useHandle(handle -> handle.execute("""
                insert into ledger.entry select 300, 1, leaf, leaf_hash, recorded, at, principal, session, address, action,
                                                type, object, project, environment, outcome
                from ledger.entry where seq = 0"""));

        assertThatThrownBy(() -> database.server()
                        .useHandle(handle -> handle.execute("select ledger.discharge(array[1::bigint])")))
                .hasMessageContaining("has no number yet");
    }

    private static String firstColumn(String table) {
        return switch (table) {
            case "entry" -> "seq";
            case "tile" -> "level";
            case "checkpoint" -> "size";
            case "pending" -> "entry";
            default -> "id";
        };
    }

    private long count(String table) {
        return database.server()
                .withHandle(handle -> handle.createQuery("select count(*) from ledger." + table)
                        .mapTo(Long.class)
                        .one());
    }
}
