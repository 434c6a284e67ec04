package dev.stepzero.guard.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short one",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "password123456",
                "P@ssw0rd1234!!",
                "Sommer2026!Sommer",
                "qwertyuiop1234567890",
                "1qaz2wsx3edc4rfv",
                "letmeinletmein",
                "stepzeroadmin2026",
                "jane.doe-jane.doe!",
                "correcthorsebatterystaple",
                "unbelievable",
                "Blink182blink182",
                "?unbelievable1"
            })
    void whatIsTriedFirstIsRefused(String password) {
        assertThat(rules().refuse(password, Set.of("jane.doe"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nine fjords under one slate roof",
                "v7Gk-pq2X_mZr9",
                "Übermut tut selten gut, sagte Ilse",
                "東京の空は今日も晴れています"
            })
    void wordsInARowAndRandomOnesAreTaken(String password) {
        assertThat(rules().refuse(password, Set.of("jane.doe"))).isEmpty();
    }

    @Test
    void aPasswordOfTheListOfStolenOnesIsRefusedWhereverItStands() throws Exception {
        var stolen = IntStream.range(0, 500)
                .mapToObj("a stolen sentence %d of many"::formatted)
                .toList();
        var lines = stolen.stream()
                .map(PasswordRulesTest::sha1)
                .sorted()
                .map(hash -> hash + ":" + (hash.hashCode() & 0xffff))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
        Files.writeString(home.resolve("list"), lines);

        assertThat(stolen)
                .allSatisfy(password -> assertThat(rules().refuse(password, Set.of()))
                        .hasValueSatisfying(why -> assertThat(why).contains("stolen")));
        assertThat(rules().refuse("a sentence that nobody stole", Set.of())).isEmpty();
    }

    @Test
    void aBrokenOrEmptyListHoldsNothing() throws Exception {
        Files.writeString(home.resolve("list"), "");
        assertThat(rules().refuse("a sentence that nobody stole", Set.of())).isEmpty();

        Files.write(home.resolve("list"), new byte[10_000]);
        assertThat(rules().refuse("a sentence that nobody stole", Set.of())).isEmpty();
    }

    private PasswordRules rules() {
        return new PasswordRules(CommonPasswords.builtIn(), new BreachedPasswords(home.resolve("list")));
    }

    private static String sha1(String password) {
        try {
            var hash = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
