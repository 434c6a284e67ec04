package dev.stepzero.ship.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.forge.Forge;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private static final String OLD = "the secret of yesterday";
    private static final String NEW = "the secret of tomorrow";
    private static final String KEY = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final byte[] BODY = "{\"ref\":\"refs/heads/main\"}".getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static String hex(String secret, byte[] content) {
        return HexFormat.of().formatHex(WebhookSecret.of(secret).sign(content));
    }

    private static Headers headers(Map<String, String> plain) {
        var headers = new HashMap<String, List<String>>();
        plain.forEach((name, value) -> headers.put(name, List.of(value)));
        return Headers.of(headers);
    }

    private static Authentication.Answer ask(Forge forge, Map<String, String> headers, byte[] body, String... secrets) {
        return new Authentication(forge, WebhookSecrets.of(secrets), Clock.fixed(NOW, ZoneOffset.UTC))
                .authenticate(new Webhook(headers(headers), body));
    }

    private static void accepts(Authentication.Answer answer) {
        assertThat(answer).isInstanceOf(Authentication.Believed.class);
    }

    private static void refuses(Authentication.Answer answer) {
        assertThat(answer).isInstanceOf(Authentication.Refused.class);
    }

    private static Map<String, String> signed(Forge forge, String secret, byte[] body) {
        return switch (forge) {
            case GITHUB -> Map.of("X-Hub-Signature-256", "sha256=" + hex(secret, body), "X-GitHub-Event", "push");
            case BITBUCKET, BITBUCKET_DATA_CENTER ->
                Map.of("X-Hub-Signature", "sha256=" + hex(secret, body), "X-Event-Key", "repo:push");
            case GITEA -> Map.of("X-Gitea-Signature", hex(secret, body), "X-Gitea-Event", "push");
            case FORGEJO -> Map.of("X-Forgejo-Signature", hex(secret, body), "X-Forgejo-Event", "push");
            case GITLAB -> Map.of("X-Gitlab-Token", secret, "X-Gitlab-Event", "Push Hook");
            case STEPZERO -> throw new IllegalArgumentException("Stepzero delivers nothing to itself");
        };
    }

    @ParameterizedTest
    @EnumSource(value = Forge.class, mode = EnumSource.Mode.EXCLUDE, names = "STEPZERO")
    void eitherOfTwoSecretsIsValidWhileOneIsReplaced(Forge forge) {
        accepts(ask(forge, signed(forge, OLD, BODY), BODY, OLD, NEW));
        accepts(ask(forge, signed(forge, NEW, BODY), BODY, OLD, NEW));
        refuses(ask(forge, signed(forge, "the secret of somebody else", BODY), BODY, OLD, NEW));
    }

    @ParameterizedTest
    @EnumSource(
            value = Forge.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GITLAB", "STEPZERO"})
    void oneChangedByteIsNoticed(Forge forge) {
        var changed = BODY.clone();
        changed[5] ^= 1;

        refuses(ask(forge, signed(forge, OLD, BODY), changed, OLD));
    }

    @ParameterizedTest
    @EnumSource(value = Forge.class, mode = EnumSource.Mode.EXCLUDE, names = "STEPZERO")
    void deliveriesWithoutASignatureAreRefused(Forge forge) {
        refuses(ask(forge, Map.of(), BODY, OLD));
        signed(forge, OLD, BODY).keySet().stream()
                .filter(name -> !name.contains("Event"))
                .forEach(name -> {
                    refuses(ask(forge, Map.of(name, ""), BODY, OLD));
                    refuses(ask(forge, Map.of(name, "sha256="), BODY, OLD));
                    refuses(ask(forge, Map.of(name, "sha256=" + "zz".repeat(32)), BODY, OLD));
                });
    }

    @ParameterizedTest
    @EnumSource(value = Forge.class, mode = EnumSource.Mode.EXCLUDE, names = "STEPZERO")
    void aSignatureThatIsThereTwiceDecidesNothing(Forge forge) {
        var twice = new HashMap<String, List<String>>();
        signed(forge, OLD, BODY)
                .forEach((name, value) ->
                        twice.put(name, name.contains("Event") ? List.of(value) : List.of(value, value)));
        var authentication = new Authentication(forge, WebhookSecrets.of(OLD), Clock.systemUTC());

        refuses(authentication.authenticate(new Webhook(Headers.of(twice), BODY)));
    }

    @Test
    void bitbucketsHeaderHoldsNoOtherAlgorithm() {
        refuses(ask(Forge.BITBUCKET, Map.of("X-Hub-Signature", "sha1=" + "00".repeat(20)), BODY, OLD));
        refuses(ask(Forge.BITBUCKET, Map.of("X-Hub-Signature-256", "sha256=" + hex(OLD, BODY)), BODY, OLD));
    }

    @Test
    void giteaSignsTheJsonInAFormAndGitHubTheForm() {
        var form = "other=1&payload=%7B%22a+b%22%3A1%7D".getBytes(UTF_8);
        var json = "{\"a b\":1}".getBytes(UTF_8);
        var type = "application/x-www-form-urlencoded";

        var gitea = ask(Forge.GITEA, Map.of("X-Gitea-Signature", hex(OLD, json), "Content-Type", type), form, OLD);
        var github = ask(
                Forge.GITHUB,
                Map.of("X-Hub-Signature-256", "sha256=" + hex(OLD, form), "Content-Type", type),
                form,
                OLD);

        assertThat(gitea)
                .isInstanceOfSatisfying(
                        Authentication.Believed.class,
                        it -> assertThat(it.json()).isEqualTo(json));
        assertThat(github)
                .isInstanceOfSatisfying(
                        Authentication.Believed.class,
                        it -> assertThat(it.json()).isEqualTo(json));
        refuses(ask(Forge.GITEA, Map.of("X-Gitea-Signature", hex(OLD, form), "Content-Type", type), form, OLD));
        for (var odd : List.of("payload", "a=b", "payload=%", "payload=%zz", "")) {
            refuses(ask(
                    Forge.GITHUB,
                    Map.of("X-Hub-Signature-256", "sha256=" + hex(OLD, odd.getBytes(UTF_8)), "Content-Type", type),
                    odd.getBytes(UTF_8),
                    OLD));
        }
    }

    @Test
    void forgejosOwnSignatureAloneDecidesWhereItIsThere() {
        var right = hex(OLD, BODY);
        refuses(ask(Forge.FORGEJO, Map.of("X-Forgejo-Signature", "", "X-Gitea-Signature", right), BODY, OLD));
        refuses(ask(
                Forge.FORGEJO, Map.of("X-Forgejo-Signature", "00".repeat(32), "X-Gitea-Signature", right), BODY, OLD));
        accepts(ask(Forge.FORGEJO, Map.of("X-Gitea-Signature", right), BODY, OLD));
    }

    private static Map<String, String> standard(String secret, String id, long at, String... before) {
        var content = (id + "." + at + "." + new String(BODY, UTF_8)).getBytes(UTF_8);
        var signature = "v1,"
                + java.util.Base64.getEncoder()
                        .encodeToString(WebhookSecret.of(secret).sign(content));
        var all = String.join(" ", Arrays.asList(before)) + " " + signature;
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(at),
                "webhook-signature",
                all.strip(),
                "X-Gitlab-Event",
                "Push Hook",
                "Idempotency-Key",
                "another");
    }

    @Test
    void standardWebhooksAreSignedWithTheirTimeAndId() {
        var now = NOW.getEpochSecond();

        assertThat(ask(Forge.GITLAB, standard(KEY, "id-1", now, "v1,AAAA", "v1a,xx"), BODY, KEY))
                .isInstanceOfSatisfying(
                        Authentication.Believed.class,
                        it -> assertThat(it.delivery()).isEqualTo(Optional.of("id-1")));
        accepts(ask(Forge.GITLAB, standard(KEY, "id-1", now - 300), BODY, KEY));
        accepts(ask(Forge.GITLAB, standard(KEY, "id-1", now + 300), BODY, KEY));
        refuses(ask(Forge.GITLAB, standard(KEY, "id-1", now - 301), BODY, KEY));
        refuses(ask(Forge.GITLAB, standard(KEY, "id-1", now + 301), BODY, KEY));
        refuses(ask(Forge.GITLAB, standard(KEY, "id-1", now), "{}".getBytes(UTF_8), KEY));
    }

    @Test
    void aWrongSignatureIsNotMendedByTheRightToken() {
        var headers = new HashMap<>(standard(KEY, "id-1", NOW.getEpochSecond()));
        headers.put("webhook-signature", "v1,AAAA");
        headers.put("X-Gitlab-Token", OLD);

        refuses(ask(Forge.GITLAB, headers, BODY, KEY, OLD));
        headers.keySet().removeIf(name -> name.startsWith("webhook-"));
        accepts(ask(Forge.GITLAB, headers, BODY, KEY, OLD));
        refuses(ask(Forge.GITLAB, headers, BODY, KEY));
        refuses(ask(Forge.GITLAB, Map.of("X-Gitlab-Token", KEY), BODY, KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "                     ", "short", "whsec_", "whsec_AAAA", "whsec_*not base64*"})
    void secretsThatProtectNothingRefuseToBeConfigured(String text) {
        assertThatThrownBy(() -> WebhookSecrets.of(text)).isInstanceOf(UserError.class);
    }

    @Test
    void thereIsOneSecretOrTwoAndOfTheForgesOwnKind() {
        assertThatThrownBy(() -> WebhookSecrets.of()).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> WebhookSecrets.of(OLD, NEW, KEY)).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> new Authentication(Forge.GITHUB, WebhookSecrets.of(KEY), Clock.systemUTC()))
                .isInstanceOf(UserError.class);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(WebhookSecrets.of(OLD).toString()).doesNotContain("yesterday");
    }

    @Test
    void whatIsLargerThanAnyForgeSendsIsNotLookedAt() {
        var large = new byte[Webhook.MOST_BYTES + 1];

        refuses(ask(Forge.GITHUB, signed(Forge.GITHUB, OLD, large), large, OLD));
    }

    @Test
    void oddIdsAreRefusedAndTheReasonRepeatsNothing() {
        var headers = new HashMap<>(signed(Forge.GITHUB, OLD, BODY));
        headers.put("X-GitHub-Delivery", "a\tb'; drop table");

        assertThat(ask(Forge.GITHUB, headers, BODY, OLD))
                .isInstanceOfSatisfying(
                        Authentication.Refused.class,
                        it -> assertThat(it.reason()).doesNotContain("drop"));
    }
}
