package dev.stepzero.guard.secrets;

import static dev.stepzero.guard.secrets.Vaults.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who may write to the database, and to nothing else, changes rows. */
@ExtendWith(TestDatabase.class)
class SecretTamperingTest {
    private static final SecretId MINE = id("invoicer", "production", "smoke", "API_TOKEN");
    private static final SecretId THEIRS = id("intruder", "production", "smoke", "API_TOKEN");

    @TempDir
    Path directory;

    private Jdbi jdbi;
    private Vaults vaults;

    @BeforeEach
    void store(Jdbi jdbi) throws Exception {
        this.jdbi = jdbi;
        jdbi.useHandle(handle -> handle.execute("delete from secret"));
        vaults = new Vaults(jdbi, directory);
        vaults.create(MINE, "correct horse");
        vaults.create(THEIRS, "battery staple");
    }

    @Test
    void theRowsOfAnotherProjectInPlaceOfMineAreFound() {
        sql("""
                update secret_version mine set sealed = theirs.sealed, wrapped_key = theirs.wrapped_key
                from secret_version theirs, secret s, secret t
                where mine.secret_id = s.id and theirs.secret_id = t.id
                  and s.project = 'invoicer' and t.project = 'intruder'""");

        refused(MINE, "was altered");
    }

    @Test
    void aSecretThatIsMovedToAnotherProjectIsFound() {
        sql("delete from secret where project = 'intruder'");
        sql("update secret set project = 'intruder' where project = 'invoicer'");

        refused(THEIRS, "was altered");
    }

    @Test
    void aSecretThatIsMovedToAnotherStepEnvironmentOrNameIsFound() {
        sql("update secret set step = 'other' where project = 'invoicer'");
        refused(id("invoicer", "production", "other", "API_TOKEN"), "was altered");

        sql("update secret set step = 'smoke', environment = 'staging' where project = 'invoicer'");
        refused(id("invoicer", "staging", "smoke", "API_TOKEN"), "was altered");

        sql("update secret set environment = 'production', name = 'OTHER' where project = 'invoicer'");
        refused(id("invoicer", "production", "smoke", "OTHER"), "was altered");
    }

    @Test
    void anAlteredValueIsFound() {
        sql("update secret_version set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)");

        refused(MINE, "its value is not the one that was stored");
    }

    @Test
    void aValueThatWasCutShortIsFound() {
        sql("update secret_version set sealed = substring(sealed from 1 for 9)");

        refused(MINE, "its value is not the one that was stored");
    }

    @Test
    void anAlteredKeyIsFound() {
        sql("update secret_version set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)");

        refused(MINE, "its key is not the one that was stored");
    }

    @Test
    void theValueOfAnOlderVersionInPlaceOfTheNewestIsFound() throws Exception {
        vaults.rotate(MINE, "the new value", Duration.ofHours(1));
        sql("""
                update secret_version new set sealed = old.sealed, wrapped_key = old.wrapped_key, key_id = old.key_id
                from secret_version old
                where new.secret_id = old.secret_id and new.version = 2 and old.version = 1""");

        refused(MINE, "was altered");
    }

    @Test
    void anOlderVersionThatIsMadeCurrentAgainIsFound() throws Exception {
        vaults.rotate(MINE, "the new value", Duration.ofHours(1));
        sql("update secret set current_version = 1, previous_version = null, previous_until = null"
                + " where project = 'invoicer'");

        refused(MINE, "which of its versions are valid was changed");
    }

    @Test
    void anOlderVersionWhoseTimeIsStretchedIsFound() throws Exception {
        vaults.rotate(MINE, "the new value", Duration.ofHours(1));
        sql("update secret set previous_until = previous_until + interval '1 year' where project = 'invoicer'");

        refused(MINE, "which of its versions are valid was changed");
    }

    @Test
    void aNewestVersionThatWasDeletedIsFound() throws Exception {
        vaults.rotate(MINE, "the new value", Duration.ofHours(1));
        sql("delete from secret_version where version = 2");

        refused(MINE, "version 2 of API_TOKEN of invoicer/production/smoke is gone");
    }

    @Test
    void aTruncatedTableIsFound() {
        sql("delete from secret_version");

        refused(MINE, "is gone");
    }

    @Test
    void aCanaryThatIsMadeAnOrdinarySecretIsFound() throws Exception {
        var canary = id("invoicer", "production", "smoke", "CANARY");
        vaults.store.create(canary, Vaults.value("sing a song"), true, "alice");
        sql("update secret set canary = false");

        refused(canary, "was altered");
    }

    @Test
    void aRotationDoesNotCarryWhatWasAlteredOn() throws Exception {
        vaults.rotate(MINE, "the new value", Duration.ofHours(1));
        sql("update secret set current_version = 1, previous_version = null, previous_until = null"
                + " where project = 'invoicer'");

        assertThatThrownBy(() -> vaults.rotate(MINE, "a newer value", Duration.ofHours(1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was altered");
    }

    @Test
    void aRotationWithoutOverlapHeals() throws Exception {
        sql("update secret_version set sealed = 'x', wrapped_key = 'y'");

        vaults.rotate(MINE, "a new value", Duration.ZERO);

        assertThat(vaults.read(MINE)).isEqualTo("a new value");
    }

    @Test
    void whatIsRefusedIsNotNotedAsUsed() {
        sql("update secret_version set sealed = 'x'");

        refused(MINE, "was altered");

        assertThat(vaults.uses).isEmpty();
    }

    private void refused(SecretId id, String why) {
        assertThatThrownBy(() -> vaults.read(id))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("horse");
    }

    private void sql(String statement) {
        jdbi.useHandle(handle -> handle.execute(statement));
    }
}
