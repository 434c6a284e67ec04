package dev.stepzero.guard.secrets;

import static dev.stepzero.guard.secrets.Vaults.id;
import static dev.stepzero.guard.secrets.Vaults.text;
import static dev.stepzero.guard.secrets.Vaults.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.TestDatabase;
import dev.stepzero.guard.secrets.SecretIssuer.Asker;
import dev.stepzero.guard.secrets.SecretListener.SecretChange.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class SecretStoreTest {
    private static final SecretId TOKEN = id("invoicer", "production", "smoke", "API_TOKEN");

    @TempDir
    Path directory;

    private Jdbi jdbi;
    private Vaults vaults;

    @BeforeEach
    void open(Jdbi jdbi) {
        this.jdbi = jdbi;
        jdbi.useHandle(handle -> handle.execute("delete from secret"));
        vaults = new Vaults(jdbi, directory);
    }

    @Test
    void theStepThatASecretIsForReadsIt() throws Exception {
        vaults.create(TOKEN, "correct horse");

        assertThat(vaults.read(TOKEN)).isEqualTo("correct horse");
    }

    @Test
    void aListIsReadPageByPageInTheOrderOfScopesAndNames() throws Exception {
        var ids = List.of(
                id("alpha", "production", "deploy", "B"),
                id("alpha", "production", "smoke", "A"),
                id("beta", "production", "deploy", "A"),
                id("beta", "staging", "deploy", "A"));
        for (var id : ids.reversed()) {
            vaults.create(id, "correct horse");
        }

        var found = new ArrayList<SecretId>();
        for (var page = vaults.store.page(Optional.empty(), Optional.empty(), 3);
                !page.isEmpty();
                page = vaults.store.page(Optional.empty(), Optional.of(found.getLast()), 3)) {
            page.forEach(each -> found.add(each.id()));
        }

        assertThat(found).isEqualTo(ids);
        assertThat(vaults.store.page(Optional.of("beta"), Optional.empty(), 3)).hasSize(2);
        assertThat(vaults.store.find(ids.getFirst()).orElseThrow().version()).isOne();
        assertThat(vaults.store.find(TOKEN)).isEmpty();
    }

    @Test
    void ofTwoWhoCreateTheSameSecretAtOnceOneIsTold() throws Exception {
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = both.invokeAll(Collections.nCopies(8, () -> {
                vaults.create(TOKEN, "correct horse");
                return true;
            }));

            assertThat(made.stream().filter(each -> each.state() == Future.State.SUCCESS))
                    .hasSize(1);
            assertThat(made.stream()
                            .filter(each -> each.state() == Future.State.FAILED)
                            .map(Future::exceptionNow))
                    .hasSize(7)
                    .allMatch(UserError.class::isInstance);
        }
    }

    @Test
    void bytesThatAreNoTextComeBackAsTheyWere() throws Exception {
        var bytes = new byte[] {0, (byte) 0xFF, 10, 13, (byte) 0xC3, 1, 2, 3, 0};

        vaults.store.create(TOKEN, SecretValue.of(bytes.clone()), false, "alice");

        try (var secret = vaults.issue(TOKEN, TrustClass.TRUSTED).getFirst()) {
            assertThat(secret.value().copy()).isEqualTo(bytes);
        }
    }

    @Test
    void theDatabaseHoldsNothingThatTellsTheValue() throws Exception {
        vaults.create(TOKEN, "correct horse");

        var rows = jdbi.withHandle(handle -> handle.createQuery(
                        "select s::text || v::text || encode(v.sealed, 'escape') from secret s, secret_version v")
                .mapTo(String.class)
                .list());
        assertThat(rows).hasSize(1).noneMatch(row -> row.contains("horse"));
    }

    @Test
    void anotherStepEnvironmentOrProjectDoesNotGetIt() throws Exception {
        vaults.create(TOKEN, "correct horse");

        for (var other : List.of(
                id("invoicer", "production", "other", "API_TOKEN"),
                id("invoicer", "staging", "smoke", "API_TOKEN"),
                id("intruder", "production", "smoke", "API_TOKEN"))) {
            assertThatThrownBy(() -> vaults.read(other))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("there is no secret API_TOKEN of " + other.scope());
        }
    }

    @Test
    void runsOfForksAndOfOtherBranchesGetNoneAndThatIsTold() throws Exception {
        vaults.create(TOKEN, "correct horse");

        assertThat(vaults.issue(TOKEN, TrustClass.FOREIGN)).isEmpty();
        assertThat(vaults.issue(TOKEN, TrustClass.INTERNAL)).isEmpty();

        assertThat(vaults.uses)
                .extracting(SecretListener.SecretUse::trust, SecretListener.SecretUse::given)
                .containsExactly(tuple(TrustClass.FOREIGN, false), tuple(TrustClass.INTERNAL, false));
    }

    @Test
    void eachUseIsToldAndNoted() throws Exception {
        vaults.create(TOKEN, "correct horse");

        vaults.read(TOKEN);

        assertThat(vaults.uses)
                .containsExactly(
                        new SecretListener.SecretUse(TOKEN, 1, "run 7", TrustClass.TRUSTED, true, vaults.instant()));
        assertThat(vaults.store.list(Optional.empty()).getFirst().lastUsed()).contains(vaults.instant());
    }

    @Test
    void whatCannotBeToldIsNotGiven() throws Exception {
        vaults.create(TOKEN, "correct horse");
        var deaf = new SecretIssuer(
                vaults.store,
                new SecretListener() {
                    @Override
                    public void used(SecretUse use) {
                        throw UserError.engine("the ledger is full");
                    }

                    @Override
                    public void changed(SecretChange change) {}
                },
                vaults);

        assertThatThrownBy(
                        () -> deaf.issue(new Asker(TOKEN.scope(), TrustClass.TRUSTED, "run 7"), List.of("API_TOKEN")))
                .hasMessage("the ledger is full");
    }

    @Test
    void afterARotationBothVersionsAreValidForAWhile() throws Exception {
        vaults.create(TOKEN, "the old one");
        assertThat(vaults.rotate(TOKEN, "the new one", Duration.ofHours(2))).isEqualTo(2);

        vaults.pass(Duration.ofMinutes(119));
        try (var during = vaults.issue(TOKEN, TrustClass.TRUSTED).getFirst()) {
            assertThat(text(during.value())).isEqualTo("the new one");
            assertThat(during.previous().map(Vaults::text)).contains("the old one");
        }
        vaults.pass(Duration.ofMinutes(1));
        try (var after = vaults.issue(TOKEN, TrustClass.TRUSTED).getFirst()) {
            assertThat(text(after.value())).isEqualTo("the new one");
            assertThat(after.previous()).isEmpty();
        }
    }

    @Test
    void aRotationWithoutOverlapEndsTheOldVersionAtOnce() throws Exception {
        vaults.create(TOKEN, "the old one");
        vaults.rotate(TOKEN, "the new one", Duration.ZERO);

        try (var secret = vaults.issue(TOKEN, TrustClass.TRUSTED).getFirst()) {
            assertThat(secret.previous()).isEmpty();
        }
        assertThat(vaults.store.versions(TOKEN)).hasSize(1);
    }

    @Test
    void ofSeveralRotationsOnlyTheLastTwoVersionsAreKept() throws Exception {
        vaults.create(TOKEN, "version one");
        vaults.rotate(TOKEN, "version two", Duration.ofHours(2));
        vaults.rotate(TOKEN, "version three", Duration.ofHours(2));

        assertThat(vaults.store.versions(TOKEN))
                .extracting(SecretSummary.Version::number)
                .containsExactly(3, 2);
    }

    @Test
    void whatIsListedTellsAgeAndUseButNoValue() throws Exception {
        vaults.create(TOKEN, "correct horse");
        vaults.create(id("other", "production", "smoke", "API_TOKEN"), "something else");

        var listed = vaults.store.list(Optional.of("invoicer"));

        assertThat(listed)
                .containsExactly(
                        new SecretSummary(TOKEN, 1, false, vaults.instant(), Optional.empty(), Optional.empty()));
        assertThat(vaults.store.list(Optional.empty())).hasSize(2);
    }

    @Test
    void aSecretIsNotReplacedByStoringItAgain() throws Exception {
        vaults.create(TOKEN, "correct horse");

        assertThatThrownBy(() -> vaults.create(TOKEN, "another value"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("already");
        assertThat(vaults.read(TOKEN)).isEqualTo("correct horse");
    }

    @Test
    void aSecretThatCouldNotBeHiddenIsRefused() {
        assertThatThrownBy(() -> vaults.create(TOKEN, " abc\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("fewer than 4 characters")
                .hasMessageNotContaining("abc");
        assertThatThrownBy(() -> vaults.create(TOKEN, "éüß"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("fewer than 4 characters");
    }

    @Test
    void aSecretOfMoreThanSixteenKibibytesIsRefused() throws Exception {
        vaults.create(TOKEN, "x".repeat(SecretValue.LONGEST));

        assertThatThrownBy(() -> vaults.rotate(TOKEN, "x".repeat(SecretValue.LONGEST + 1), Duration.ZERO))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at most");
    }

    @Test
    void aStepGetsNoMoreThanItsShareOfBytes() throws Exception {
        var names = List.of("ONE", "TWO", "THREE");
        for (var name : names) {
            vaults.create(new SecretId(TOKEN.scope(), name), "x".repeat(SecretValue.LONGEST));
        }

        assertThatThrownBy(() -> vaults.issuer.issue(new Asker(TOKEN.scope(), TrustClass.TRUSTED, "run 7"), names))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("together");
    }

    @Test
    void aRemovedSecretIsGoneWithItsVersions() throws Exception {
        vaults.create(TOKEN, "correct horse");
        vaults.store.remove(TOKEN, "bob");

        assertThat(vaults.store.list(Optional.empty())).isEmpty();
        assertThat(jdbi.<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from secret_version")
                                .mapTo(Integer.class)
                                .one()))
                .isZero();
    }

    @Test
    void everyChangeIsToldWithWhoMadeIt() throws Exception {
        vaults.create(TOKEN, "correct horse");
        vaults.rotate(TOKEN, "battery staple", Duration.ZERO);
        vaults.store.remove(TOKEN, "bob");

        assertThat(vaults.changes)
                .extracting(
                        SecretListener.SecretChange::kind,
                        SecretListener.SecretChange::version,
                        SecretListener.SecretChange::by)
                .containsExactly(
                        tuple(Kind.CREATED, 1, "alice"),
                        tuple(Kind.ROTATED, 2, "alice"),
                        tuple(Kind.REMOVED, 2, "bob"));
    }

    @Test
    void aClosedValueIsOverwrittenAndNeverPrinted() {
        var bytes = "correct horse".getBytes(StandardCharsets.UTF_8);
        var value = SecretValue.of(bytes);

        assertThat(value).hasToString("***");
        value.close();

        assertThat(bytes).containsOnly(0);
        assertThatThrownBy(value::copy).isInstanceOf(IllegalStateException.class);
        assertThat(new IssuedSecret("NAME", 1, value("hidden"), Optional.of(value("secret")), false).toString())
                .doesNotContain("hidden")
                .doesNotContain("secret");
    }
}
