package dev.stepzero.guard.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOON = Instant.parse("2030-11-21T12:00:00Z");
    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));

    @TempDir
    Path directory;

    private KeyRing at(Instant time) {
        return KeyRing.in(directory.resolve("keys"), Clock.fixed(time, ZoneOffset.UTC));
    }

    @Test
    void theFirstKeySignsAndIsTrustedWithoutEnd() throws Exception {
        var key = at(NOON).signing().verification();

        assertThat(at(EVENING).keys())
                .singleElement()
                .satisfies(each -> assertThat(each.key()).isEqualTo(key))
                .matches(TrustedKey::signs);
        assertThat(at(EVENING).signing().verification()).isEqualTo(key);
    }

    @Test
    void aRingThatNobodyUsedHasNoKeysAndMakesNone() throws Exception {
        assertThat(at(NOON).keys()).isEmpty();
        assertThat(directory.resolve("keys/signing.pem")).doesNotExist();
    }

    @Test
    void afterARotationTheOldKeyIsTrustedForWhatItSignedBeforeItsEnd() throws Exception {
        var old = at(NOON).signing();
        var fresh = at(EVENING).rotate();

        var keys = at(EVENING).keys();

        assertThat(at(EVENING).signing().verification()).isEqualTo(fresh.key()).isNotEqualTo(old.verification());
        assertThat(keys).extracting(TrustedKey::key).containsExactly(fresh.key(), old.verification());
        assertThat(keys.getLast().refusal(EVENING)).isEmpty();
        assertThat(keys.getLast().refusal(EVENING.plusSeconds(1)))
                .hasValueSatisfying(
                        why -> assertThat(why).contains(old.verification().id(), "ended on"));
        assertThat(keys.getFirst().refusal(EVENING.plusSeconds(1))).isEmpty();
    }

    @Test
    void thePrivateHalfOfAnOldKeyIsGone() throws Exception {
        at(NOON).signing();
        var before = Files.readString(directory.resolve("keys/signing.pem"));

        at(EVENING).rotate();

        try (var files = Files.list(directory.resolve("keys"))) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain(before.lines().toList().get(1));
            }
        }
    }

    @Test
    void aRevokedKeyIsRefusedWhateverItSignedWhen() throws Exception {
        var old = at(NOON).signing().verification();
        at(EVENING).rotate();

        var revoked = at(EVENING).revoke(old.id().substring(0, 15), "stolen");

        assertThat(revoked.key()).isEqualTo(old);
        assertThat(at(EVENING).keys().getLast().refusal(NOON))
                .hasValueSatisfying(why -> assertThat(why).contains("revoked", "stolen"));
    }

    @Test
    void inThePlaceOfARevokedKeyThatSignsAnotherSigns() throws Exception {
        var old = at(NOON).signing().verification();

        at(EVENING).revoke(old.id(), "stolen");

        assertThat(at(EVENING).signing().verification()).isNotEqualTo(old);
        assertThat(at(EVENING).keys()).hasSize(2).first().matches(TrustedKey::signs);
        assertThat(at(EVENING).keys().getLast().refusal(NOON)).isPresent();
    }

    @Test
    void aNameThatFitsNoKeyIsExplained() throws Exception {
        at(NOON).signing();

        assertThatThrownBy(() -> at(NOON).revoke("SHA256:nothing", "x"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no key is called");
    }

    @Test
    void aKeyThatWasPutThereByHandOrByACutRotationSignsFromThenOn() throws Exception {
        var old = at(NOON).signing().verification();
        Files.delete(directory.resolve("keys/signing.pem"));
        var put = SigningKey.in(directory.resolve("keys")).verification();

        assertThat(at(EVENING).keys()).extracting(TrustedKey::key).containsExactly(put, old);
        assertThat(at(EVENING).keys().getLast().until()).isEqualTo(EVENING);
    }

    @Test
    void nobodyElseMayReadTheFiles() throws Exception {
        at(NOON).signing();
        at(EVENING).rotate();

        for (var file : new String[] {"signing.pem", "trust.json"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            directory.resolve("keys").resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aListThatOthersMayChangeIsNotBelieved() throws Exception {
        at(NOON).signing();
        Files.setPosixFilePermissions(
                directory.resolve("keys/trust.json"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> at(NOON).keys())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("others have access");
    }

    @Test
    void aDamagedListIsExplained() throws Exception {
        at(NOON).signing();
        for (var text : new String[] {"{", "[{}]", "[{\"pem\":\"x\",\"from\":\"y\"}]", "[null]", "{}"}) {
            Files.write(directory.resolve("keys/trust.json"), text.getBytes(UTF_8));

            assertThatThrownBy(() -> at(NOON).keys()).as(text).isInstanceOf(UserError.class);
        }
    }

    @Test
    void severalWhoBeginAtOnceGetTheSameKey() throws Exception {
        var rings = new ArrayList<Callable<VerificationKey>>();
        for (var i = 0; i < 8; i++) {
            rings.add(() -> at(NOON).signing().verification());
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var keys = threads.invokeAll(rings).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .distinct();
            assertThat(keys).hasSize(1);
        }
        assertThat(at(NOON).keys()).hasSize(1);
    }

    @Test
    void eachEnvironmentHasARingOfItsOwn() throws Exception {
        var rings = new KeyRings(directory.resolve("keys"), Clock.fixed(NOON, ZoneOffset.UTC));
        var production = rings.of("invoicer", "production").signing().verification();
        var staging = rings.of("invoicer", "staging").signing().verification();

        assertThat(production).isNotEqualTo(staging);
        assertThat(rings.all().keySet()).containsExactly("invoicer/production", "invoicer/staging");
        assertThat(rings.trusted()).extracting(TrustedKey::key).containsExactly(production, staging);
        assertThat(rings.installation().keys()).isEmpty();
    }
}
