package dev.stepzero.guard.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stepzero.core.Digest;
import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.core.UserError;
import dev.stepzero.core.Verdict;
import dev.stepzero.guard.keys.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EvidenceTest {
    private static final String IMAGE = "sha256:" + "ab".repeat(32);
    private static final String TYPE = "https://example.org/check/v1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private SigningKey key;
    private Attestor attestor;
    private Verifier verifier;

    record Check(boolean passed, int count, Instant at, Set<Severity> severities, Map<String, String> notes) {}

    @BeforeEach
    void makeKey() {
        key = SigningKey.in(directory.resolve("keys"));
        attestor = new Attestor(key);
        verifier = new Verifier(List.of(key.verification()));
    }

    @Test
    void whatWasSignedIsReadBack() {
        var check = new Check(
                true,
                3,
                Instant.parse("2026-11-21T10:00:00Z"),
                Set.of(Severity.LOW),
                Map.of("tool", "\u00fcber \"x\""));

        var statement = verifier.verify(attestor.sign(IMAGE, "invoicer", TYPE, check));

        assertThat(statement.subjects())
                .containsExactly(new Statement.Artifact("invoicer", Map.of("sha256", "ab".repeat(32))));
        assertThat(statement.predicateType()).isEqualTo(TYPE);
        assertThat(JSON.treeToValue(statement.predicate(), Check.class)).isEqualTo(check);
        assertThat(statement.isAbout(IMAGE)).isTrue();
        assertThat(statement.isAbout("sha256:" + "cd".repeat(32))).isFalse();
    }

    @Test
    void aCommitIsASubjectToo() {
        var commit = "gitCommit:" + "0f".repeat(20);

        var statement = verifier.verify(attestor.sign(commit, "main", TYPE, Map.of()));

        assertThat(statement.subjects())
                .containsExactly(new Statement.Artifact("main", Map.of("gitCommit", "0f".repeat(20))));
        assertThat(statement.isAbout(commit)).isTrue();
    }

    @Test
    void aVerdictIsAPredicate() {
        var finding = new Finding(
                "image-user-root",
                List.of("CIS-DI-0001"),
                "it runs as root",
                Severity.HIGH,
                Location.of("image:"),
                "the user is not set",
                "set a user",
                List.of("cis-docker-1.6:4.1"),
                List.of(),
                Set.of(Stride.TAMPERING, Stride.ELEVATION_OF_PRIVILEGE),
                List.of(),
                "0a");
        var verdict = new Verdict(Verdict.Decision.PASS, List.of(), List.of(), List.of(finding));

        var statement = verifier.verify(attestor.sign(IMAGE, "invoicer", TYPE, verdict));

        assertThat(JSON.treeToValue(statement.predicate(), Verdict.class)).isEqualTo(verdict);
        assertThat(statement.predicate().at("/waived/0/stride").toString())
                .isEqualTo("[\"TAMPERING\",\"ELEVATION_OF_PRIVILEGE\"]");
    }

    @Test
    void theEnvelopeHasTheFieldsOfTheSpecificationsInOrder() {
        var envelope =
                attestor.sign(IMAGE, "invoicer", TYPE, Map.of("b", 1, "a", List.of(Map.of("d", true, "c", "x"))));

        var payload = payload(envelope);

        assertThat(payload).isEqualTo("""
                        {"_type":"https://in-toto.io/Statement/v1",\
                        "predicate":{"a":[{"c":"x","d":true}],"b":1},\
                        "predicateType":"https://example.org/check/v1",\
                        "subject":[{"digest":{"sha256":"%s"},"name":"invoicer"}]}""".formatted("ab".repeat(32)));
        assertThat(JSON.readTree(envelope).propertyNames()).containsExactly("payload", "payloadType", "signatures");
        assertThat(JSON.readTree(envelope).at("/payloadType").stringValue()).isEqualTo("application/vnd.in-toto+json");
        assertThat(JSON.readTree(envelope).at("/signatures/0/keyid").stringValue())
                .isEqualTo(key.verification().id());
    }

    @Test
    void theSameStatementHasTheSameBytesWhateverTheOrderOfItsMapsAndSets() {
        var at = Instant.parse("2026-11-21T10:00:00Z");
        var notes = new LinkedHashMap<>(Map.of("a", "1"));
        notes.put("b", "2");
        var turned = new LinkedHashMap<>(Map.of("b", "2"));
        turned.put("a", "1");
        var one = new Check(true, 1, at, new LinkedHashSet<>(List.of(Severity.LOW, Severity.HIGH)), notes);
        var other = new Check(true, 1, at, new LinkedHashSet<>(List.of(Severity.HIGH, Severity.LOW)), turned);

        assertThat(payload(attestor.sign(IMAGE, "x", TYPE, one)))
                .isEqualTo(payload(attestor.sign(IMAGE, "x", TYPE, other)));
    }

    @Test
    void whatCannotBeEvidenceIsNotSigned() {
        assertThatThrownBy(() -> attestor.sign("sha256:abc", "x", TYPE, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> attestor.sign("md5:" + "ab".repeat(16), "x", TYPE, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> attestor.sign(IMAGE, "x", TYPE, "a text"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> attestor.sign(IMAGE, "x", TYPE, Map.of("list", List.of(1, 0.5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/predicate/list/1");
        assertThatThrownBy(() -> attestor.sign(IMAGE, "x", TYPE, Map.of("text", "x".repeat(30 << 20))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noAlteredFieldIsBelieved() {
        var good = attestor.sign(IMAGE, "invoicer", TYPE, Map.of("passed", true));
        var statement = payload(good);

        for (var altered : List.of(
                statement.replace("ab", "cd"),
                statement.replace("invoicer", "other"),
                statement.replace("true", "false"),
                statement.replace("check", "verdict"),
                statement.replace("Statement/v1", "Statement/v2"),
                statement + " ",
                "")) {
            assertBlocked(with(good, "payload", base64(altered)));
        }
        assertBlocked(with(good, "payloadType", "application/vnd.in-toto+jso"));
        assertBlocked(signature(good, "sig", base64("no signature")));
        assertBlocked(signature(good, "sig", ""));
        assertBlocked(signature(
                good,
                "sig",
                JSON.readTree(attestor.sign(IMAGE, "other", TYPE, Map.of()))
                        .at("/signatures/0/sig")
                        .stringValue()));
    }

    @Test
    void theKeyIdIsOnlyAHint() {
        var good = attestor.sign(IMAGE, "invoicer", TYPE, Map.of());

        assertThat(verifier.verify(signature(good, "keyid", "")).isAbout(IMAGE)).isTrue();
        assertThat(verifier.verify(signature(good, "keyid", "0".repeat(64))).isAbout(IMAGE))
                .isTrue();
    }

    @Test
    void anUnknownKeyIsNotBelievedWhateverItCallsItself() {
        var stranger = SigningKey.in(directory.resolve("stranger"));
        var envelope = new Attestor(stranger).sign(IMAGE, "invoicer", TYPE, Map.of());
        var disguised = signature(envelope, "keyid", key.verification().id());

        assertThatThrownBy(() -> verifier.verify(envelope))
                .hasMessage(
                        "the evidence is signed by the key %s, which is not trusted",
                        stranger.verification().id());
        assertBlocked(disguised);
        assertThatThrownBy(() -> new Verifier(List.of()).verify(envelope)).isInstanceOf(UserError.class);
    }

    @Test
    void oneTrustedSignatureAmongOthersIsEnough() {
        var good = (ObjectNode) JSON.readTree(attestor.sign(IMAGE, "invoicer", TYPE, Map.of()));
        good.withArray("signatures").insertObject(0).put("keyid", "another").put("sig", base64("another"));

        assertThat(verifier.verify(good.toString()).isAbout(IMAGE)).isTrue();
    }

    @Test
    void withoutASignatureNothingIsBelieved() {
        var good = (ObjectNode) JSON.readTree(attestor.sign(IMAGE, "invoicer", TYPE, Map.of()));

        assertBlocked(good.deepCopy().without("signatures").toString());
        assertBlocked(good.deepCopy().set("signatures", JSON.createArrayNode()).toString());
        assertBlocked(good.deepCopy().put("signatures", "x").toString());
    }

    @Test
    void base64MayBeUrlSafe() {
        var good = attestor.sign(IMAGE, "\u00ff\u00fe???>>>", TYPE, Map.of());
        var json = JSON.readTree(good);
        var urlSafe = signature(
                with(good, "payload", urlSafe(json.at("/payload").stringValue())),
                "sig",
                urlSafe(json.at("/signatures/0/sig").stringValue()));

        assertThat(verifier.verify(urlSafe).isAbout(IMAGE)).isTrue();
    }

    @Test
    void aSignedTextOfAnotherTypeIsRefused() {
        var body = payload(attestor.sign(IMAGE, "invoicer", TYPE, Map.of()));

        assertUnreadable(signed("text/plain", body));
        assertUnreadable(signed("", body));
    }

    @Test
    void aSignedTextThatIsNoStatementIsRefused() {
        var body = payload(attestor.sign(IMAGE, "invoicer", TYPE, Map.of()));

        for (var broken : List.of(
                "",
                "null",
                "[]",
                "{}",
                body + "{}",
                body.replace("Statement/v1", "Statement/v0.1"),
                body.replace("\"_type\"", "\"type\""),
                body.replaceFirst("\"subject\":\\[.*?]", "\"subject\":[]"),
                body.replaceFirst("\"subject\":\\[.*?]", "\"subject\":[{\"name\":\"x\"}]"),
                body.replaceFirst("\"subject\":\\[.*?]", "\"subject\":[{\"digest\":{\"sha256\":1}}]"),
                body.replace("\"predicate\":{}", "\"predicate\":[]"),
                body.replace("{\"_type\"", "{\"_type\":\"x\",\"_type\""),
                body.replace("\"predicate\":{}", "\"predicate\":{\"a\":1,\"a\":2}"))) {
            assertUnreadable(signed(Envelope.IN_TOTO, broken));
        }
    }

    @Test
    void unknownFieldsArePassedOver() {
        var body = payload(attestor.sign(IMAGE, "invoicer", TYPE, Map.of()));
        var envelope = signed(Envelope.IN_TOTO, body.replace("{\"_type\"", "{\"more\":[0.5],\"_type\""));

        assertThat(verifier.verify(with(envelope, "more", "x")).isAbout(IMAGE)).isTrue();
    }

    @Test
    void brokenAndHugeInputIsRefusedWithAClearError() {
        var good = attestor.sign(IMAGE, "invoicer", TYPE, Map.of());

        for (var broken : List.of(
                "",
                "null",
                "[]",
                "{",
                good + good,
                good.replace("\"payloadType\"", "\"payloadType\":\"x\",\"payloadType\""),
                with(good, "payload", "%%%"),
                signature(good, "sig", "%%%"),
                "[".repeat(100_000),
                "{\"a\":[" + "[],".repeat(1_000_000) + "[]]}",
                "{\"signatures\":[" + "{\"sig\":\"\"},".repeat(1_000) + "{\"sig\":\"\"}]}",
                " ".repeat((32 << 20) + 1))) {
            assertUnreadable(broken);
        }
    }

    private String signed(String payloadType, String body) {
        var payload = body.getBytes(UTF_8);
        var signature = key.sign(Envelope.preAuthenticationEncoding(payloadType, payload));
        return JSON.writeValueAsString(
                Envelope.fields(payloadType, payload, key.verification().id(), signature));
    }

    private void assertBlocked(String envelope) {
        assertThatThrownBy(() -> verifier.verify(envelope))
                .asInstanceOf(type(UserError.class))
                .extracting(UserError::status)
                .isEqualTo(ExitStatus.BLOCKED);
    }

    private void assertUnreadable(String envelope) {
        assertThatThrownBy(() -> verifier.verify(envelope))
                .asInstanceOf(type(UserError.class))
                .extracting(UserError::status)
                .isEqualTo(ExitStatus.UNREADABLE);
    }

    private static String payload(String envelope) {
        var payload = JSON.readTree(envelope).at("/payload").stringValue();
        return new String(Base64.getDecoder().decode(payload), UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String urlSafe(String base64) {
        return base64.replace('+', '-').replace('/', '_');
    }

    private static String with(String envelope, String field, String value) {
        return ((ObjectNode) JSON.readTree(envelope)).put(field, value).toString();
    }

    private static String signature(String envelope, String field, String value) {
        var json = JSON.readTree(envelope);
        ((ObjectNode) json.at("/signatures/0")).put(field, value);
        return json.toString();
    }

    @Test
    void anEnvelopeHasTheSameDigestInWhateverFormADatabaseHandsItBack() {
        var envelope = attestor.sign(IMAGE, "invoicer", TYPE, Map.of("a", 1));
        var read = JSON.readTree(envelope);
        var stored = "{ \"signatures\": %s, \"payloadType\": %s,\n \"more\": 1.5, \"payload\": %s }"
                .formatted(read.path("signatures"), read.path("payloadType"), read.path("payload"));

        assertThat(Evidence.canonical(stored)).isEqualTo(envelope);
        assertThat(Evidence.digest(stored)).isEqualTo(Digest.of(envelope.getBytes(UTF_8)));
        assertThat(verifier.evidence(stored).digest()).isEqualTo(Evidence.digest(envelope));
        assertThat(verifier.evidence(stored).signer()).isEqualTo(key.verification());
    }
}
