package dev.stepzero.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTokensTest {
    private static final String US = "https://stepzero.example.org";

    private static final RsaJsonWebKey STRANGER = TestIssuer.newKey("stranger");

    private final TestIssuer issuer = new TestIssuer();
    private final GuardedHttp http = new GuardedHttp();
    private final Later clock = new Later();
    private final SignedTokens tokens = new SignedTokens(new Issuers(http, clock), clock);

    @AfterEach
    void stop() throws Exception {
        issuer.close();
        http.destroy();
    }

    @Test
    void whatTheIssuerSignedForUsHolds() throws Exception {
        var claims = tokens.check(issuer.token(US, Map.of("sub", "s", "groups", List.of("a"))), issuer.issuer(), US);

        assertThat(claims.text("sub")).contains("s");
        assertThat(claims.texts("groups")).containsExactly("a");
    }

    @Test
    void whatIsNotForUsOrNotNowIsRefusedWithItsReason() {
        var now = Instant.now().getEpochSecond();

        refuses(issuer.token("https://another.example.org", Map.of("sub", "s")), "meant for somebody else");
        refuses(issuer.token(US, Map.of("sub", "s", "iss", "https://evil.example.org")), "another issuer");
        refuses(issuer.token(US, Map.of("sub", "s", "iat", now - 900, "exp", now - 120)), "expired");
        refuses(issuer.token(US, Map.of("sub", "s", "iat", now + 600, "exp", now + 900)), "from the future");
        refuses(issuer.token(US, Map.of("sub", "s", "nbf", now + 200)), "not valid yet");
        refuses(issuer.token(US, Map.of("sub", "s", "exp", now + 90_000)), "too long");
        refuses(issuer.token(US, Map.of()), "no token");
    }

    @Test
    void aClockMayBeOffByASkewAndNoMore() throws Exception {
        var now = Instant.now().getEpochSecond();
        var late = issuer.token(US, Map.of("sub", "s", "iat", now - 300, "exp", now - 30));

        assertThat(tokens.check(late, issuer.issuer(), US).text("sub")).contains("s");
        clock.pass(Duration.ofSeconds(40));
        refuses(late, "expired");
    }

    @Test
    void anotherKeyWithTheSameNumberSignsNothing() {
        var stranger = STRANGER;
        stranger.setKeyId(issuer.key().getKeyId());
        var now = Instant.now().getEpochSecond();
        var claims =
                Map.<String, Object>of("iss", issuer.address(), "aud", US, "sub", "s", "iat", now, "exp", now + 60);

        refuses(issuer.signed(claims, stranger), "signature");
    }

    @Test
    void theAlgorithmIsOursToChoose() throws Exception {
        var now = Instant.now().getEpochSecond();
        var payload = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"s\",\"iat\":%d,\"exp\":%d}"
                .formatted(issuer.address(), US, now, now + 60);
        var unsigned = encoded("{\"alg\":\"none\"}") + "." + encoded(payload) + ".";
        var confused = new JsonWebSignature();
        confused.setPayload(payload);
        confused.setAlgorithmHeaderValue("HS256");
        confused.setKeyIdHeaderValue("first");
        confused.setKey(new HmacKey(issuer.key().getPublicKey().getEncoded()));
        var unpinned = new JsonWebSignature();
        unpinned.setPayload(payload);
        unpinned.setAlgorithmHeaderValue("RS512");
        unpinned.setKeyIdHeaderValue("first");
        unpinned.setKey(issuer.key().getPrivateKey());

        refuses(unsigned, "no token");
        refuses(confused.getCompactSerialization(), "no token");
        refuses(unpinned.getCompactSerialization(), "no token");
    }

    @Test
    void aKeyThatATokenBringsAlongIsNotUsed() throws Exception {
        var stranger = TestIssuer.newKey("brought");
        var now = Instant.now().getEpochSecond();
        var token = new JsonWebSignature();
        token.setPayload("{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"s\",\"iat\":%d,\"exp\":%d}"
                .formatted(issuer.address(), US, now, now + 60));
        token.setAlgorithmHeaderValue("RS256");
        token.setKey(stranger.getPrivateKey());
        token.setJwkHeader(stranger);
        token.setHeader("jku", "http://169.254.169.254/keys");

        refuses(token.getCompactSerialization(), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "\u0000.é.☃", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.e30."})
    void whatIsNoTokenIsRefused(String token) {
        refuses(token, "");
    }

    @Test
    void hugeAndDeepTokensAreRefusedAtOnce() {
        refuses("a".repeat(1 << 20), "longer");
        refuses(encoded("{\"alg\":\"RS256\",\"x\":" + "[".repeat(8000)) + ".e30.e30", "");
    }

    @Test
    void aNewKeyIsFoundAndNobodyMakesUsAskMoreThanOnceAMinute() throws Exception {
        tokens.check(issuer.token(US, Map.of("sub", "s")), issuer.issuer(), US);
        issuer.rotate("second");
        refuses(issuer.token(US, Map.of("sub", "s")), "");

        clock.pass(Duration.ofSeconds(61));
        assertThat(tokens.check(issuer.token(US, Map.of("sub", "s")), issuer.issuer(), US))
                .isNotNull();
        for (int i = 0; i < 50; i++) {
            refuses(forged("unknown" + i), "");
        }
        assertThat(issuer.keyRequests()).isEqualTo(2);
    }

    @Test
    void aServiceThatIsDownIsLeftAloneAndItsKeysCountOnForADay() throws Exception {
        var token = issuer.token(US, Map.of("sub", "s", "exp", Instant.now().getEpochSecond() + 80_000));
        tokens.check(token, issuer.issuer(), US);

        issuer.down(true);
        clock.pass(Duration.ofHours(2));
        assertThat(tokens.check(token, issuer.issuer(), US)).isNotNull();
        clock.pass(Duration.ofHours(23));
        assertThatThrownBy(() -> tokens.check(token, issuer.issuer(), US)).isInstanceOf(Unanswered.class);
    }

    @Test
    void anIssuerAtAPrivateAddressIsNotAsked() {
        var closed = new Issuer(issuer.issuer().address(), List.of("RS256"), Issuer.SKEW, Set.of());

        assertThatThrownBy(() -> tokens.check(issuer.token(US, Map.of("sub", "s")), closed, US))
                .isInstanceOf(Unanswered.class);
        assertThat(issuer.keyRequests()).isZero();
    }

    private String forged(String id) {
        STRANGER.setKeyId(id);
        return issuer.signed(Map.of("iss", issuer.address(), "aud", US, "sub", "s"), STRANGER);
    }

    private void refuses(String token, String why) {
        assertThatThrownBy(() -> tokens.check(token, issuer.issuer(), US))
                .isInstanceOfSatisfying(Distrust.class, e -> assertThat(e.why()).contains(why));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The machine's clock, and some time. */
    private static final class Later extends Clock {
        private Duration passed = Duration.ZERO;

        void pass(Duration time) {
            passed = passed.plus(time);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(passed);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
